//! Patterns: names bound to the parts of a type.

use super::super::rules;
use super::super::tables;
use super::super::types::{self, TUPLE, Ty};
use super::{Held, Var, Walker};
use syn::Pat;

impl<'a> Walker<'_, 'a> {
    /// Binds the names of a pattern to the parts of a type.
    pub fn bind(&mut self, pattern: &Pat, ty: Option<Ty>, may_guard: bool) {
        match pattern {
            Pat::Ident(ident) => {
                let is_guard = may_guard && ty.as_ref().is_some_and(|ty| tables::is_guard(&ty.path));
                let guard = is_guard.then(|| Held {
                    span: ident.ident.span(),
                    alive: true,
                    dropped_after_use: false,
                    used: false,
                    level: self.context.level,
                });
                let name = ident.ident.to_string();
                // `None`-like constants look like names; they bind nothing that matters.
                self.vars.push(Var { name, ty: ty.clone(), guard, is_param: false });
                if let Some((_, inner)) = &ident.subpat {
                    self.bind(inner, ty, may_guard);
                }
            }
            Pat::Tuple(tuple) => {
                let members = ty.filter(|ty| &*ty.path == TUPLE).map(|ty| ty.args).unwrap_or_default();
                for (nth, inner) in tuple.elems.iter().enumerate() {
                    let member = members.get(nth).cloned().filter(|ty| &*ty.path != types::UNKNOWN);
                    self.bind(inner, member, may_guard);
                }
            }
            Pat::TupleStruct(inner) => {
                let last = inner.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                let through = matches!(last.as_str(), "Some" | "Ok");
                let ty = match ty {
                    Some(ty) if through && &*ty.path == rules::joins::NEXT => {
                        Some(Ty::with(rules::joins::RESULT, ty.args))
                    }
                    Some(ty) if through && &*ty.path == rules::joins::RESULT && last == "Ok" => {
                        ty.args.into_iter().next()
                    }
                    other => other,
                };
                let owner = if through { None } else { self.resolve(&inner.path) };
                for (nth, inner) in inner.elems.iter().enumerate() {
                    let member = owner.as_deref().and_then(|owner| self.field(owner, &nth.to_string()));
                    self.bind(inner, member.or_else(|| ty.clone().filter(|_| through)), may_guard);
                }
            }
            Pat::Struct(inner) => {
                let path = self.resolve(&inner.path);
                for field in &inner.fields {
                    let syn::Member::Named(name) = &field.member else { continue };
                    let ty = path.as_deref().and_then(|path| self.field(path, &name.to_string()));
                    self.bind(&field.pat, ty, may_guard);
                }
            }
            Pat::Reference(inner) => self.bind(&inner.pat, ty, may_guard),
            Pat::Paren(inner) => self.bind(&inner.pat, ty, may_guard),
            Pat::Type(inner) => {
                let written = self.read_type(&inner.ty);
                self.bind(&inner.pat, written.or(ty), may_guard);
            }
            Pat::Slice(inner) => inner.elems.iter().for_each(|inner| self.bind(inner, None, false)),
            Pat::Or(inner) => inner.cases.iter().for_each(|inner| self.bind(inner, ty.clone(), may_guard)),
            _ => {}
        }
    }

    pub(super) fn field(&self, owner: &str, name: &str) -> Option<Ty> {
        let definition = self.index.types.get(owner)?;
        let field = match definition.fields? {
            syn::Fields::Named(fields) => {
                fields.named.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
            }
            syn::Fields::Unnamed(fields) => fields.unnamed.iter().nth(name.parse().ok()?),
            syn::Fields::Unit => None,
        }?;
        types::read(self.index, definition.module, Some(owner), &field.ty, 0)
    }
}
