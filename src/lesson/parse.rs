//! Markdown to blocks.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::block::{Alignment, Block, Document, Heading, List, Table};
use super::fence::Fence;
use super::inline::{Inline, InlineBuilder};
use super::visible::visible;

/// Lists and quotes nested deeper than this join the one around them. No page has room for more,
/// and a hostile file must not exhaust the stack.
const MAX_DEPTH: usize = 24;

impl Document {
    /// Parses CommonMark with tables, strikethrough and heading ids (`## Title {#id}`).
    /// Every text is a document; there are no errors.
    pub fn parse(markdown: &str) -> Document {
        Document::parse_from(markdown, 1)
    }

    /// As [`parse`](Document::parse), where the first line of `markdown` is line `first_line` of
    /// its file.
    pub fn parse_from(markdown: &str, first_line: usize) -> Document {
        let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_STRIKETHROUGH;
        let mut builder = Builder::default();
        let mut line = LineCounter { markdown, at: 0, line: first_line };
        for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
            match event {
                Event::Start(tag) => builder.start(tag, &mut || line.at(range.start)),
                Event::End(tag) => builder.end(tag),
                Event::Text(text) => builder.text(&text),
                Event::Code(code) => builder.inlines().code(&code),
                Event::Html(html) => builder.text(&html),
                Event::InlineHtml(html) => builder.inline_html(&html),
                Event::SoftBreak => builder.inlines().line_end(),
                Event::HardBreak => builder.inlines().line_break(),
                Event::Rule => {
                    builder.close_leaf();
                    builder.block(Block::Rule);
                }
                // Not switched on.
                Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => {}
            }
        }
        builder.close_leaf();
        Document { blocks: builder.root }
    }
}

/// Turns offsets into line numbers; almost all come in rising order.
struct LineCounter<'a> {
    markdown: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn at(&mut self, offset: usize) -> usize {
        let feeds = |from: usize, to: usize| {
            self.markdown.as_bytes().get(from..to).unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count()
        };
        self.line =
            if offset >= self.at { self.line + feeds(self.at, offset) } else { self.line - feeds(offset, self.at) };
        self.at = offset;
        self.line
    }
}

/// The block that is being read, as far as its parts are not blocks themselves.
enum Leaf {
    Paragraph,
    Heading { level: u8, id: Option<String>, line: usize },
    Cell,
    Code(Fence),
    Html(String),
}

/// A list or a quote that is open.
enum Open {
    Quote(Vec<Block>),
    List(List),
}

#[derive(Default)]
struct Builder {
    root: Vec<Block>,
    open: Vec<Open>,
    /// How many containers are open beyond [`MAX_DEPTH`].
    beyond: usize,
    leaf: Option<Leaf>,
    /// The running text of a leaf that has some.
    inlines: InlineBuilder,
    table: Option<Table>,
    fences: usize,
}

impl Builder {
    fn start(&mut self, tag: Tag<'_>, line: &mut dyn FnMut() -> usize) {
        match tag {
            Tag::Emphasis => self.inlines().emphasis(true),
            Tag::Strong => self.inlines().strong(true),
            Tag::Strikethrough => self.inlines().struck(true),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.inlines().open_link(&dest_url),
            Tag::Paragraph => {
                self.close_leaf();
                if let (0, Some(Open::List(list))) = (self.beyond, self.open.last_mut()) {
                    list.loose = true;
                }
                self.leaf = Some(Leaf::Paragraph);
            }
            Tag::Heading { level, id, .. } => {
                self.close_leaf();
                self.leaf = Some(Leaf::Heading {
                    level: level as u8,
                    id: id.map(|id| visible(&id).into_owned()),
                    line: line(),
                });
            }
            Tag::CodeBlock(kind) => {
                self.close_leaf();
                self.leaf = Some(Leaf::Code(match kind {
                    CodeBlockKind::Fenced(info) => Fence::new(&info, line()),
                    // No opening fence: the line before the code stands in for it.
                    CodeBlockKind::Indented => Fence::new("", line().saturating_sub(1)),
                }));
            }
            Tag::HtmlBlock => {
                self.close_leaf();
                self.leaf = Some(Leaf::Html(String::new()));
            }
            Tag::BlockQuote(_) => self.open(Open::Quote(Vec::new())),
            Tag::List(start) => self.open(Open::List(List { start, loose: false, items: Vec::new() })),
            Tag::Item => {
                self.close_leaf();
                if let (0, Some(Open::List(list))) = (self.beyond, self.open.last_mut()) {
                    list.items.push(Vec::new());
                }
            }
            Tag::Table(alignments) => {
                self.close_leaf();
                let alignments = alignments.into_iter().map(alignment).collect();
                self.table = Some(Table { alignments, head: Vec::new(), rows: Vec::new() });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.leaf = Some(Leaf::Cell),
            Tag::TableHead => {}
            // Not switched on.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inlines().emphasis(false),
            TagEnd::Strong => self.inlines().strong(false),
            TagEnd::Strikethrough => self.inlines().struck(false),
            TagEnd::Link | TagEnd::Image => self.inlines().close_link(),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.close_leaf();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) => self.close_container(),
            TagEnd::TableCell => {
                self.leaf = None;
                let cell = std::mem::take(&mut self.inlines).finish();
                if let Some(table) = &mut self.table {
                    table.rows.last_mut().unwrap_or(&mut table.head).push(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(Block::Table(table));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.leaf {
            Some(Leaf::Code(fence)) => fence.text.push_str(text),
            Some(Leaf::Html(html)) => html.push_str(text),
            _ => self.inlines().text(text),
        }
    }

    fn inline_html(&mut self, html: &str) {
        match html.trim_matches(['<', '>', '/', ' ']) {
            "br" => self.inlines().line_break(),
            comment if comment.starts_with("!--") => {}
            _ => self.inlines().text(html),
        }
    }

    /// The running text that is being read. Items of a tight list have no paragraphs in
    /// CommonMark; here they do.
    fn inlines(&mut self) -> &mut InlineBuilder {
        if !matches!(self.leaf, Some(Leaf::Paragraph | Leaf::Heading { .. } | Leaf::Cell)) {
            self.close_leaf();
            self.leaf = Some(Leaf::Paragraph);
        }
        &mut self.inlines
    }

    /// Ends what is being read; a tight item's text is ended by whatever comes after it.
    fn close_leaf(&mut self) {
        match self.leaf.take() {
            None => {}
            Some(Leaf::Paragraph | Leaf::Cell) => {
                let inlines = std::mem::take(&mut self.inlines).finish();
                if !inlines.is_empty() {
                    self.block(Block::Paragraph(inlines));
                }
            }
            Some(Leaf::Heading { level, id, line }) => {
                let inlines = std::mem::take(&mut self.inlines).finish();
                self.block(Block::Heading(Heading { level, id, inlines, line }));
            }
            Some(Leaf::Code(fence)) => self.fence(fence),
            Some(Leaf::Html(html)) => {
                let html = html.trim();
                if !(html.starts_with("<!--") && html.ends_with("-->")) {
                    self.block(Block::Paragraph(raw_lines(html)));
                }
            }
        }
    }

    fn fence(&mut self, mut fence: Fence) {
        fence.index = self.fences;
        self.fences += 1;
        let siblings = self.siblings();
        if fence.language == "python"
            && let Some(Block::Code(rust)) =
                siblings.pop_if(|last| matches!(last, Block::Code(code) if code.language == "rust"))
        {
            siblings.push(Block::Example { rust, python: fence });
        } else {
            siblings.push(Block::Code(fence));
        }
    }

    fn open(&mut self, container: Open) {
        self.close_leaf();
        if self.beyond > 0 || self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
        } else {
            self.open.push(container);
        }
    }

    fn close_container(&mut self) {
        self.close_leaf();
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::Quote(blocks)) => self.block(Block::Quote(blocks)),
            Some(Open::List(list)) => self.block(Block::List(list)),
            None => {}
        }
    }

    fn block(&mut self, block: Block) {
        self.siblings().push(block);
    }

    /// The blocks that the next one joins.
    fn siblings(&mut self) -> &mut Vec<Block> {
        match self.open.last_mut() {
            None => &mut self.root,
            Some(Open::Quote(blocks)) => blocks,
            Some(Open::List(list)) => {
                if list.items.is_empty() {
                    list.items.push(Vec::new());
                }
                let last = list.items.len() - 1;
                &mut list.items[last]
            }
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

/// HTML is not interpreted, only shown, line by line.
fn raw_lines(html: &str) -> Vec<Inline> {
    let mut inlines = InlineBuilder::default();
    for (number, line) in html.lines().enumerate() {
        if number > 0 {
            inlines.line_break();
        }
        inlines.text(line);
    }
    inlines.finish()
}
