//! `awaitlings course check`: proves a course.

use super::args::{Check, CheckFormat, Choices};
use super::context::Context;
use super::judging::Session;
use super::paint::Paint;
use crate::check::{self, Finding, Item, Load, Report, Result, Thoroughness};
use crate::wording::{Checking, Say};
use futures::StreamExt;
use std::pin::pin;

pub(super) fn run(choices: &Choices, args: &Check) -> anyhow::Result<u8> {
    let context = Context::find(choices)?;
    let session = Session::start(&context)?;
    let plan = check::plan(&context.course).into_iter().enumerate();
    let own = plan.filter(|(place, item)| {
        args.partition.is_none_or(|part| part.has(*place))
            && args.only.as_deref().is_none_or(|only| item.id() == only)
            && choices.track.is_none_or(|track| matches!(item, Item::Exercise(_, own) if *own == track))
    });
    let items: Vec<_> = own.map(|(_, item)| item).collect();
    anyhow::ensure!(!items.is_empty(), Checking::NothingToCheck.say(context.language));
    let thoroughness = Thoroughness { repeat: args.repeat.max(1) };
    let load = args.load.then(Load::start);
    let mut findings = Vec::new();
    let mut checking = pin!(check::check(&context.course, items, thoroughness, &session.runner));
    while let Some(finding) = session.runtime.block_on(checking.next()) {
        let finding = finding?;
        if args.format == CheckFormat::Human {
            super::print(lines(&context, &finding))?;
        }
        findings.push(finding);
    }
    drop(load);
    let report = Report::new(&context.course.id, findings);
    match args.format {
        CheckFormat::Human => {
            let failed =
                report.findings.iter().filter(|finding| matches!(finding.result, Result::Failed { .. })).count();
            let total = report.findings.len();
            super::print([String::new(), Checking::Summary { total, failed }.say(context.language)])?;
        }
        CheckFormat::Json => super::print([serde_json::to_string_pretty(&report)?])?,
        CheckFormat::Junit => super::print([report.junit()])?,
    }
    Ok(if report.is_good() { super::YES } else { super::NO })
}

fn lines(context: &Context, finding: &Finding) -> Vec<String> {
    let (mark, texts) = match &finding.result {
        Result::Ok => (Paint::Good.on("✓"), &[] as &[String]),
        Result::Failed { reasons } => (Paint::Bad.on("✗"), reasons.as_slice()),
        Result::Partly { skipped } => (Paint::Warn.on("~"), skipped.as_slice()),
    };
    let took = Paint::Faint.on(&format!("{} ms", finding.took_ms));
    let mut lines = vec![format!("{mark} {}  {took}", finding.item)];
    if let Result::Partly { .. } = finding.result {
        lines.push(format!("    {}", Checking::LeftOut.say(context.language)));
    }
    lines.extend(texts.iter().flat_map(|text| text.lines()).map(|line| format!("    {line}")));
    lines
}
