//! Attributes: methods and fields of objects, also those of their bases.

use super::super::index::{ClassId, FuncId};
use super::{STEPS, Value, Values, agree};
use std::rc::Rc;

impl Values<'_, '_> {
    pub(super) fn attribute(&self, base: Value, name: &str, steps: u8) -> Value {
        match base {
            Value::Path(path) => {
                let dotted = format!("{path}.{name}");
                match self.package.by_dotted.get(&dotted) {
                    Some(module) => Value::Module(*module),
                    None => Value::Path(self.tables.canonical(&dotted)),
                }
            }
            Value::Instance(class) => Value::Path(self.tables.canonical(&format!("{class}.{name}"))),
            Value::Module(module) => self.member(module, name, steps),
            Value::Object(class) => match self.method(class, name, steps) {
                Some(func) => Value::Func(func),
                None => self.field(class, name, steps),
            },
            Value::Class(class) => match self.method(class, name, steps) {
                Some(func) => Value::Func(func),
                None => self.field(class, name, steps),
            },
            _ => Value::Unknown,
        }
    }

    /// The method of a class, also of its bases in the package.
    pub fn method(&self, class: ClassId, name: &str, steps: u8) -> Option<FuncId> {
        let steps = steps.checked_sub(1)?;
        let it = &self.package.classes[class];
        if let Some(func) = it.methods.get(name) {
            return Some(*func);
        }
        let bases = it.def.arguments.iter().flat_map(|arguments| arguments.args.iter());
        bases.into_iter().find_map(|base| match self.eval(base, it.outer, steps) {
            Value::Class(base) if base != class => self.method(base, name, steps),
            _ => None,
        })
    }

    /// The dotted names of a class's bases from outside the package, also of its bases' bases.
    pub fn outside_bases(&self, class: ClassId) -> Vec<Rc<str>> {
        let mut found = Vec::new();
        self.collect_bases(class, STEPS, &mut found);
        found
    }

    pub(super) fn collect_bases(&self, class: ClassId, steps: u8, found: &mut Vec<Rc<str>>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        let it = &self.package.classes[class];
        for base in it.def.arguments.iter().flat_map(|arguments| arguments.args.iter()) {
            match self.eval(base, it.outer, steps) {
                Value::Path(path) => found.push(path),
                Value::Class(base) if base != class => self.collect_bases(base, steps, found),
                Value::Unknown => found.push("?".into()),
                _ => {}
            }
        }
    }

    pub(super) fn field(&self, class: ClassId, name: &str, steps: u8) -> Value {
        let Some(steps) = steps.checked_sub(1) else { return Value::Unknown };
        let it = &self.package.classes[class];
        if let Some(bounds) = self.package.scopes[it.scope].names.get(name) {
            let value = agree(bounds.iter().map(|bound| self.bound(bound.binding, it.scope, steps)));
            if value != Value::Unknown && value != Value::Nothing {
                return value;
            }
        }
        if let Some(assigned) = it.attributes.get(name) {
            return agree(assigned.iter().map(|(scope, binding)| self.bound(*binding, *scope, steps)));
        }
        let bases = it.def.arguments.iter().flat_map(|arguments| arguments.args.iter());
        for base in bases {
            if let Value::Class(base) = self.eval(base, it.outer, steps)
                && base != class
            {
                let value = self.field(base, name, steps);
                if value != Value::Unknown {
                    return value;
                }
            }
        }
        Value::Unknown
    }
}
