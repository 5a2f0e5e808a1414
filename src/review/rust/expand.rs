//! Macros whose arguments are code are rewritten into that code, so that the rules read it like any other.
//!
//! ```text
//! join!(a, b)                     ->  (a.await, b.await)
//! select! { p = f, if c => body } ->  '__select: { match () { _ if c => { let p = f.await; body } } }
//! pin!(x)                         ->  (x)
//! stream! { .. }                  ->  async { .. }
//! assert!(x), println!("{}", y)   ->  (x), ("{}", y)
//! cfg_fs! { mod fs; }             ->  mod fs;
//! ```

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Pat, Stmt, Token};

/// The label of the block that a `select!` becomes.
pub const SELECT: &str = "__select";

/// Rewrites the macros of a file.
pub fn expand(file: &mut syn::File) {
    let mut expander = Expander { depth: 0 };
    expander.items(&mut file.items);
    expander.visit_file_mut(file);
}

struct Expander {
    depth: usize,
}

/// Macros in macros are followed this far.
const DEPTH: usize = 40;

impl Expander {
    fn items(&mut self, items: &mut Vec<Item>) {
        if !items.iter().any(|item| matches!(item, Item::Macro(item) if item.ident.is_none())) {
            return;
        }
        let mut rounds = 0;
        loop {
            let mut changed = false;
            let mut all = Vec::with_capacity(items.len());
            for item in items.drain(..) {
                match item {
                    Item::Macro(item) if item.ident.is_none() => {
                        match syn::parse2::<syn::File>(without_static_ref(item.mac.tokens.clone())) {
                            Ok(file) if !file.items.is_empty() => {
                                changed = true;
                                all.extend(file.items);
                            }
                            _ => all.push(Item::Macro(item)),
                        }
                    }
                    other => all.push(other),
                }
            }
            *items = all;
            rounds += 1;
            if !changed || rounds > DEPTH {
                return;
            }
        }
    }
}

impl VisitMut for Expander {
    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            self.items(items);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(call) = expr
            && self.depth < DEPTH
            && let Some(code) = code(&call.mac)
        {
            *expr = code;
            self.depth += 1;
            visit_mut::visit_expr_mut(self, expr);
            self.depth -= 1;
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            if let Stmt::Macro(call) = stmt
                && self.depth < DEPTH
            {
                let semi = call.semi_token;
                if last(&call.mac) == "pin"
                    && let Ok(stmts) = Block::parse_within.parse2(call.mac.tokens.clone())
                    && stmts.iter().any(|stmt| matches!(stmt, Stmt::Local(_)))
                {
                    // `pin! { let x = f(); }` binds in the block around it; the first binding stands for it.
                    if let Some(local) = stmts.into_iter().next() {
                        *stmt = local;
                    }
                } else if let Some(code) = code(&call.mac) {
                    *stmt = Stmt::Expr(code, semi);
                }
            }
        }
        visit_mut::visit_block_mut(self, block);
    }
}

fn last(mac: &syn::Macro) -> String {
    mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

fn code(mac: &syn::Macro) -> Option<Expr> {
    let span = mac.path.segments.first()?.ident.span();
    let name = last(mac);
    match name.as_str() {
        "join" | "try_join" | "join_biased" => {
            let arguments = list(mac.tokens.clone())?;
            Some(tuple(arguments.into_iter().map(|argument| awaited(argument, span)).collect(), span))
        }
        "select" | "select_biased" => select(mac, span),
        "stream" | "try_stream" | "async_stream" | "gen" => {
            let tokens = without_for_await(mac.tokens.clone());
            let stmts = Block::parse_within.parse2(tokens).ok()?;
            let block = Block { brace_token: syn::token::Brace(span), stmts };
            Some(Expr::Async(syn::ExprAsync {
                attrs: Vec::new(),
                async_token: Token![async](span),
                capture: None,
                block,
            }))
        }
        "matches" | "assert_matches" => {
            let parser = |input: ParseStream| {
                let first: Expr = input.parse()?;
                let _: TokenStream = input.parse()?;
                Ok(first)
            };
            let first = parser.parse2(mac.tokens.clone()).ok()?;
            Some(tuple(vec![first], span))
        }
        "macro_rules" | "quote" | "parse_quote" | "thread_local" | "task_local" | "lazy_static" | "include_str"
        | "concat" | "stringify" | "cfg" | "env" => None,
        _ => {
            let arguments = list(mac.tokens.clone())?;
            match arguments.len() {
                0 => None,
                1 if matches!(name.as_str(), "pin" | "ready" | "try" | "dbg") => arguments.into_iter().next(),
                _ => Some(tuple(arguments, span)),
            }
        }
    }
}

// Built by hand: parsing what was put together could fail.
fn awaited(expr: Expr, span: Span) -> Expr {
    let (dot_token, await_token) = (Token![.](span), Token![await](span));
    Expr::Await(syn::ExprAwait { attrs: Vec::new(), base: Box::new(expr), dot_token, await_token })
}

fn tuple(elements: Vec<Expr>, span: Span) -> Expr {
    let elems: Punctuated<Expr, Token![,]> = elements.into_iter().collect();
    Expr::Tuple(syn::ExprTuple { attrs: Vec::new(), paren_token: syn::token::Paren(span), elems })
}

fn block(stmts: Vec<Stmt>, label: Option<&str>, span: Span) -> Expr {
    let label = label
        .map(|name| syn::Label { name: syn::Lifetime::new(&format!("'{name}"), span), colon_token: Token![:](span) });
    let block = Block { brace_token: syn::token::Brace(span), stmts };
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label, block })
}

/// Comma-separated expressions; a leading `biased;` is skipped, as is `[x; n]`.
fn list(tokens: TokenStream) -> Option<Vec<Expr>> {
    let parser = |input: ParseStream| {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            let _: syn::Ident = input.parse()?;
            let _: Token![;] = input.parse()?;
        }
        let mut all = Vec::new();
        while !input.is_empty() {
            all.push(input.parse::<Expr>()?);
            if input.peek(Token![;]) {
                let _: Token![;] = input.parse()?;
            } else if !input.is_empty() {
                let _: Token![,] = input.parse()?;
            }
        }
        Ok(all)
    };
    parser.parse2(tokens).ok()
}

struct Arm {
    pattern: Option<Pat>,
    future: Option<Expr>,
    guard: Option<Expr>,
    body: Expr,
}

impl Parse for Arm {
    fn parse(input: ParseStream) -> syn::Result<Arm> {
        let (mut pattern, mut future, mut guard) = (None, None, None);
        if input.peek(Token![else]) || input.peek(syn::Ident) && input.peek2(Token![=>]) {
            // `else => ..`, and `default =>`, `complete =>` of the futures crate.
            let _: TokenTree = input.parse()?;
        } else {
            pattern = Some(Pat::parse_multi_with_leading_vert(input)?);
            let _: Token![=] = input.parse()?;
            future = Some(input.parse()?);
            if input.peek(Token![,]) {
                let _: Token![,] = input.parse()?;
                let _: Token![if] = input.parse()?;
                guard = Some(input.parse()?);
            }
        }
        let _: Token![=>] = input.parse()?;
        let body = if input.peek(syn::token::Brace) && !ends_in_operator(input) {
            let block: Block = input.parse()?;
            Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block })
        } else {
            input.parse()?
        };
        let _: Option<Token![,]> = input.parse()?;
        Ok(Arm { pattern, future, guard, body })
    }
}

/// `{ .. }.method()` as an arm's body: read as an expression, not as a block.
fn ends_in_operator(input: ParseStream) -> bool {
    let fork = input.fork();
    let _: Result<proc_macro2::Group, _> = fork.parse();
    fork.peek(Token![.]) || fork.peek(Token![?])
}

fn select(mac: &syn::Macro, span: Span) -> Option<Expr> {
    let parser = |input: ParseStream| {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            let _: syn::Ident = input.parse()?;
            let _: Token![;] = input.parse()?;
        }
        let mut arms = Vec::new();
        while !input.is_empty() {
            arms.push(input.parse::<Arm>()?);
        }
        Ok(arms)
    };
    let arms: Vec<Arm> = parser.parse2(mac.tokens.clone()).ok()?;
    let mut written = Vec::new();
    for Arm { pattern, future, guard, body } in arms {
        let body = match (pattern, future) {
            (Some(pattern), Some(future)) => {
                let local = let_statement(pattern, awaited(future, span), span);
                block(vec![local, Stmt::Expr(body, None)], None, span)
            }
            _ => body,
        };
        written.push(syn::Arm {
            attrs: Vec::new(),
            pat: Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token: Token![_](span) }),
            guard: guard.map(|guard| (Token![if](span), Box::new(guard))),
            fat_arrow_token: Token![=>](span),
            body: Box::new(body),
            comma: None,
        });
    }
    let choice = Expr::Match(syn::ExprMatch {
        attrs: Vec::new(),
        match_token: Token![match](span),
        expr: Box::new(tuple(Vec::new(), span)),
        brace_token: syn::token::Brace(span),
        arms: written,
    });
    Some(block(vec![Stmt::Expr(choice, None)], Some(SELECT), span))
}

fn let_statement(pattern: Pat, future: Expr, span: Span) -> Stmt {
    Stmt::Local(syn::Local {
        attrs: Vec::new(),
        let_token: Token![let](span),
        pat: pattern,
        init: Some(syn::LocalInit { eq_token: Token![=](span), expr: Box::new(future), diverge: None }),
        semi_token: Token![;](span),
    })
}

/// `for await x in y` of `async-stream`, read as `for x in y`.
fn without_for_await(tokens: TokenStream) -> TokenStream {
    let mut after_for = false;
    let mut all = Vec::new();
    for token in tokens {
        let token = match token {
            TokenTree::Ident(word) if after_for && word == "await" => {
                after_for = false;
                continue;
            }
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), without_for_await(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        };
        after_for = matches!(&token, TokenTree::Ident(word) if word == "for");
        all.push(token);
    }
    all.into_iter().collect()
}

/// `static ref X: T = ..;` of `lazy_static`, read as a static.
fn without_static_ref(tokens: TokenStream) -> TokenStream {
    let mut after_static = false;
    let kept = tokens.into_iter().filter(|token| {
        let drop = after_static && matches!(token, TokenTree::Ident(word) if word == "ref");
        after_static = matches!(token, TokenTree::Ident(word) if word == "static");
        !drop
    });
    kept.collect()
}
