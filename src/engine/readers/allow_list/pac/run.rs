//! What a script answers for a host, computed without a network: what only the running machine knows stays unknown, and
//! both ways are followed.

mod library;

use super::parse::{Expr, Function, Stmt};
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// One way through the script.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// What it returned; `None` when that is not known.
    pub way: Option<String>,
    /// The text of the script that named the host on the way: the last comparison that held.
    pub named_by: Option<(usize, usize)>,
    /// Where it returned.
    pub returned: (usize, usize),
    /// The first thing on the way that only the running machine knows.
    pub unknown: Option<(usize, usize)>,
}

/// So many ways are followed, and so many steps on each.
const MAX_WAYS: usize = 64;
const MAX_STEPS: usize = 400_000;
/// Steps for all hosts and ways of one script together: a second or two.
pub const BUDGET: usize = 40_000_000;
/// Calls of functions inside functions.
const MAX_CALLS: usize = 24;
/// Scripts compare addresses; a text that is longer than this, in bytes, is not followed.
const MAX_TEXT: usize = 64 << 10;
/// Bytes that are copied or compared in the time of a step.
const BYTES_PER_STEP: usize = 64;

/// Every way through the script for this address; empty when it has no `FindProxyForURL`, comes to no end or takes more
/// steps than the budget has left.
pub fn outcomes(program: &[Stmt], url: &str, host: &str, budget: &mut usize) -> Vec<Outcome> {
    let mut all = Vec::new();
    let mut choices: Vec<bool> = Vec::new();
    for _ in 0..MAX_WAYS {
        let mut run = Run::new(program, choices, MAX_STEPS.min(*budget));
        let outcome = run.script(url, host);
        *budget -= run.steps.min(*budget);
        match outcome {
            Some(outcome) => all.push(outcome),
            None => return Vec::new(),
        }
        // The next way: the last choice that was still "yes" becomes "no".
        choices = run.choices;
        choices.truncate(run.chosen);
        while choices.last() == Some(&false) {
            choices.pop();
        }
        match choices.last_mut() {
            Some(last) => *last = false,
            None => break,
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The members of an object, each with the place of its name.
type Members<'a> = BTreeMap<String, (Value<'a>, Option<(usize, usize)>)>;

#[derive(Clone, Debug)]
enum Value<'a> {
    /// A text, and where in the script it stands when it is written there.
    Text(Rc<str>, Option<(usize, usize)>),
    Number(f64),
    Bool(bool),
    Null,
    Array(Rc<Vec<Value<'a>>>),
    Object(Rc<Members<'a>>),
    Regex(Option<&'a Regex>, (usize, usize)),
    Function(&'a Function),
    /// The address that the host resolves to: a public one.
    Address,
    Unknown,
}

/// How a statement ended.
enum Flow<'a> {
    On,
    Break,
    Continue,
    Return(Value<'a>, (usize, usize)),
}

struct Run<'a> {
    functions: BTreeMap<&'a str, &'a Function>,
    globals: &'a [Stmt],
    frames: Vec<BTreeMap<String, Value<'a>>>,
    /// Answers to what is not known, in the order in which it is asked; and how many were asked.
    choices: Vec<bool>,
    chosen: usize,
    steps: usize,
    most_steps: usize,
    calls: usize,
    host: String,
    named_by: Option<(usize, usize)>,
    unknown: Option<(usize, usize)>,
    /// The call or comparison at hand, for what turns out to be unknown.
    at: (usize, usize),
}

/// Out of steps.
struct Stop;

type Ran<T> = Result<T, Stop>;

impl<'a> Run<'a> {
    fn new(program: &'a [Stmt], choices: Vec<bool>, most_steps: usize) -> Self {
        let mut functions = BTreeMap::new();
        for statement in program {
            if let Stmt::Function(function) = statement {
                functions.insert(function.name.as_str(), function);
            }
        }
        Self {
            functions,
            globals: program,
            frames: vec![BTreeMap::new()],
            choices,
            chosen: 0,
            steps: 0,
            most_steps,
            calls: 0,
            host: String::new(),
            named_by: None,
            unknown: None,
            at: (0, 0),
        }
    }

    fn script(&mut self, url: &str, host: &str) -> Option<Outcome> {
        host.clone_into(&mut self.host);
        let globals = self.globals;
        self.block(globals).ok()?;
        // What stands outside of functions names no host.
        self.named_by = None;
        let entry = ["FindProxyForURLEx", "FindProxyForURL"].iter().find_map(|name| self.functions.get(name).copied());
        let entry = entry.or_else(|| match self.lookup("FindProxyForURL") {
            Some(Value::Function(function)) => Some(function),
            _ => None,
        })?;
        let arguments = vec![text(url), text(host)];
        let (value, returned) = self.call(entry, arguments).ok()?;
        let way = match value {
            Value::Text(way, _) => Some(way.trim().trim_end_matches(';').to_owned()),
            Value::Null => Some("DIRECT".to_owned()),
            _ => None,
        };
        if way.is_none() && self.unknown.is_none() {
            self.unknown = Some(returned);
        }
        Some(Outcome { way, named_by: self.named_by, returned, unknown: self.unknown })
    }

    fn step(&mut self) -> Ran<()> {
        self.charge(0)
    }

    /// A step that handles so many bytes.
    fn charge(&mut self, bytes: usize) -> Ran<()> {
        self.steps += 1 + bytes / BYTES_PER_STEP;
        if self.steps > self.most_steps { Err(Stop) } else { Ok(()) }
    }

    /// The sum of two values, or their difference.
    fn sum(&mut self, a: &Value<'a>, b: &Value<'a>, sign: f64) -> Ran<Value<'a>> {
        let sum = add(a, b, sign);
        self.charge(size(&sum))?;
        Ok(short(sum))
    }

    fn call(&mut self, function: &'a Function, arguments: Vec<Value<'a>>) -> Ran<(Value<'a>, (usize, usize))> {
        self.calls += 1;
        if self.calls > MAX_CALLS {
            return Err(Stop);
        }
        let mut frame = BTreeMap::new();
        let mut arguments = arguments.into_iter();
        for parameter in &function.parameters {
            frame.insert(parameter.clone(), arguments.next().unwrap_or(Value::Null));
        }
        self.frames.push(frame);
        let flow = self.block(&function.body);
        self.frames.pop();
        self.calls -= 1;
        Ok(match flow? {
            Flow::Return(value, place) => (value, place),
            _ => (Value::Null, self.at),
        })
    }

    fn lookup(&self, name: &str) -> Option<Value<'a>> {
        let own = self.frames.last().and_then(|frame| frame.get(name));
        // A function within a function sees the names around it.
        own.or_else(|| self.frames.iter().rev().find_map(|frame| frame.get(name))).cloned()
    }

    /// The variable that [`Run::lookup`] finds, to change it in place.
    fn variable(&mut self, name: &str) -> Option<&mut Value<'a>> {
        self.frames.iter_mut().rev().find_map(|frame| frame.get_mut(name))
    }

    fn assign(&mut self, name: &str, value: Value<'a>, declares: bool) {
        let known = if declares { None } else { self.frames.iter().rposition(|frame| frame.contains_key(name)) };
        let index = known.unwrap_or(if declares { self.frames.len().saturating_sub(1) } else { 0 });
        if let Some(frame) = self.frames.get_mut(index) {
            frame.insert(name.to_owned(), value);
        }
    }

    fn block(&mut self, statements: &'a [Stmt]) -> Ran<Flow<'a>> {
        for statement in statements {
            match self.statement(statement)? {
                Flow::On => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::On)
    }

    fn statement(&mut self, statement: &'a Stmt) -> Ran<Flow<'a>> {
        self.step()?;
        match statement {
            Stmt::Expr(expression) => {
                self.value(expression)?;
            }
            Stmt::Var(variables) => {
                for (name, value) in variables {
                    if let Some(value) = value {
                        let value = self.value(value)?;
                        self.assign(name, value, true);
                    } else if self.lookup(name).is_none() {
                        self.assign(name, Value::Null, true);
                    }
                }
            }
            Stmt::If(condition, then, otherwise) => {
                let before = self.named_by;
                let value = self.value(condition)?;
                if self.is_true(&value) {
                    return self.statement(then);
                }
                // A comparison inside a condition that did not hold decided nothing.
                self.named_by = before;
                if let Some(otherwise) = otherwise {
                    return self.statement(otherwise);
                }
            }
            Stmt::Return(value, place) => {
                let value = match value {
                    Some(value) => self.value(value)?,
                    None => Value::Null,
                };
                return Ok(Flow::Return(value, (place.start, place.end)));
            }
            Stmt::Block(statements) => return self.block(statements),
            Stmt::For(start, condition, step, body) => {
                if let Some(start) = start {
                    self.statement(start)?;
                }
                loop {
                    self.step()?;
                    if let Some(condition) = condition {
                        let value = self.value(condition)?;
                        if !self.is_true(&value) {
                            break;
                        }
                    }
                    match self.statement(body)? {
                        Flow::Break => break,
                        Flow::On | Flow::Continue => {}
                        returned @ Flow::Return(..) => return Ok(returned),
                    }
                    if let Some(step) = step {
                        self.value(step)?;
                    }
                }
            }
            Stmt::ForEach(name, over, values, body) => {
                let items: Vec<Value<'a>> = match self.value(over)? {
                    Value::Array(items) if *values => items.to_vec(),
                    Value::Array(items) => (0..items.len()).map(number_of).collect(),
                    Value::Object(members) => members.keys().map(|key| text(key)).collect(),
                    _ => Vec::new(),
                };
                for item in items {
                    self.step()?;
                    self.assign(name, item, true);
                    match self.statement(body)? {
                        Flow::Break => break,
                        Flow::On | Flow::Continue => {}
                        returned @ Flow::Return(..) => return Ok(returned),
                    }
                }
            }
            Stmt::Switch(value, cases) => return self.switch(value, cases),
            Stmt::Try(tried) => return self.block(tried),
            Stmt::Break => return Ok(Flow::Break),
            Stmt::Continue => return Ok(Flow::Continue),
            Stmt::Function(_) | Stmt::Nothing => {}
        }
        Ok(Flow::On)
    }

    fn switch(&mut self, value: &'a Expr, cases: &'a [(Option<Expr>, Vec<Stmt>)]) -> Ran<Flow<'a>> {
        let value = self.value(value)?;
        let mut entered = None;
        for (index, (label, _)) in cases.iter().enumerate() {
            let Some(label) = label else { continue };
            let label = self.value(label)?;
            let equal = self.compare(&value, &label);
            if self.is_true(&equal) {
                entered = Some(index);
                break;
            }
        }
        let entered = entered.or_else(|| cases.iter().position(|(label, _)| label.is_none()));
        for (_, body) in cases.iter().skip(entered.unwrap_or(cases.len())) {
            match self.block(body)? {
                Flow::On => {}
                Flow::Break => break,
                other => return Ok(other),
            }
        }
        Ok(Flow::On)
    }

    /// Whether a value counts as true. Of what is not known, both are tried.
    fn is_true(&mut self, value: &Value<'a>) -> bool {
        match value {
            Value::Text(text, _) => !text.is_empty(),
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Bool(bool) => *bool,
            Value::Null => false,
            Value::Array(_) | Value::Object(_) | Value::Regex(..) | Value::Function(_) | Value::Address => true,
            Value::Unknown => {
                self.unknown = self.unknown.or(Some(self.at));
                let index = self.chosen;
                self.chosen += 1;
                if index >= self.choices.len() {
                    self.choices.push(true);
                }
                self.choices.get(index).copied().unwrap_or(true)
            }
        }
    }

    fn value(&mut self, expression: &'a Expr) -> Ran<Value<'a>> {
        self.step()?;
        Ok(match expression {
            Expr::Text(text, range) => Value::Text(text.as_str().into(), Some((range.start, range.end))),
            Expr::Number(number) => Value::Number(*number),
            Expr::Bool(bool) => Value::Bool(*bool),
            Expr::Null => Value::Null,
            Expr::Regex(regex, range) => Value::Regex(regex.as_ref(), (range.start, range.end)),
            Expr::Function(function) => Value::Function(function),
            Expr::Name(name) => match self.lookup(name) {
                Some(value) => value,
                None => self.functions.get(name.as_str()).map_or(Value::Unknown, |function| Value::Function(function)),
            },
            Expr::Array(items) => {
                let items: Ran<Vec<Value<'a>>> = items.iter().map(|item| self.value(item)).collect();
                Value::Array(Rc::new(items?))
            }
            Expr::Object(members) => {
                let mut object = BTreeMap::new();
                for (name, range, value) in members {
                    let value = self.value(value)?;
                    object.insert(name.clone(), (value, Some((range.start, range.end))));
                }
                Value::Object(Rc::new(object))
            }
            Expr::Member(object, name) => {
                let object = self.value(object)?;
                member(&object, name)
            }
            Expr::Index(object, index) => {
                let object = self.value(object)?;
                let index = self.value(index)?;
                self.element(&object, &index)
            }
            Expr::Not(value) => match self.value(value)? {
                Value::Unknown => Value::Unknown,
                value => Value::Bool(!self.is_true(&value)),
            },
            Expr::Minus(value) => match self.value(value)? {
                Value::Number(number) => Value::Number(-number),
                _ => Value::Unknown,
            },
            Expr::Choose(condition, then, otherwise) => {
                let condition = self.value(condition)?;
                let branch = if self.is_true(&condition) { then } else { otherwise };
                self.value(branch)?
            }
            Expr::Binary(mark, left, right) => self.binary(mark, left, right)?,
            Expr::Assign(target, mark, value) => {
                let mut value = self.value(value)?;
                if let Expr::Name(name) = target.as_ref() {
                    if *mark != "=" {
                        let old = self.lookup(name).unwrap_or(Value::Unknown);
                        value = self.sum(&old, &value, if *mark == "+=" { 1.0 } else { -1.0 })?;
                    }
                    self.assign(name, value.clone(), false);
                } else if let (Expr::Index(object, index), "=") = (target.as_ref(), *mark)
                    && let Expr::Name(name) = object.as_ref()
                {
                    let index = self.value(index)?;
                    self.put(name, &index, value.clone())?;
                }
                value
            }
            Expr::Step(target, step) => {
                let old = self.value(target)?;
                let value = self.sum(&old, &Value::Number(*step), 1.0)?;
                if let Expr::Name(name) = target.as_ref() {
                    self.assign(name, value.clone(), false);
                }
                value
            }
            Expr::Call(callee, arguments, range) => self.called(callee, arguments, range)?,
        })
    }

    fn put(&mut self, name: &str, index: &Value<'a>, value: Value<'a>) -> Ran<()> {
        self.charge_copy(name)?;
        match (self.variable(name), index) {
            (Some(Value::Object(members)), Value::Text(key, place)) => {
                Rc::make_mut(members).insert(key.to_string(), (value, *place));
            }
            (Some(Value::Array(items)), Value::Number(index)) if *index >= 0.0 && count(*index) <= items.len() => {
                let items = Rc::make_mut(items);
                match items.get_mut(count(*index)) {
                    Some(item) => *item = value,
                    None => items.push(value),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A change of a list that something else holds as well takes a copy of it.
    fn charge_copy(&mut self, name: &str) -> Ran<()> {
        let copied = match self.variable(name) {
            Some(Value::Array(items)) if Rc::strong_count(items) > 1 => items.len(),
            Some(Value::Object(members)) if Rc::strong_count(members) > 1 => members.len(),
            _ => 0,
        };
        self.charge(copied * BYTES_PER_STEP)
    }

    fn binary(&mut self, mark: &'static str, left: &'a Expr, right: &'a Expr) -> Ran<Value<'a>> {
        let before = self.named_by;
        let a = self.value(left)?;
        match mark {
            "," => return self.value(right),
            "&&" => {
                return if self.is_true(&a) {
                    let b = self.value(right)?;
                    // "a && b": a named the host only if b holds too.
                    if matches!(b, Value::Bool(false)) {
                        self.named_by = before;
                    }
                    Ok(b)
                } else {
                    self.named_by = before;
                    Ok(a)
                };
            }
            "||" | "??" => return if self.is_true(&a) { Ok(a) } else { self.value(right) },
            _ => {}
        }
        let b = self.value(right)?;
        Ok(match mark {
            "+" => self.sum(&a, &b, 1.0)?,
            "-" => self.sum(&a, &b, -1.0)?,
            "==" | "===" => self.compare(&a, &b),
            "!=" | "!==" => {
                let named = self.named_by;
                let equal = self.compare(&a, &b);
                self.named_by = named;
                match equal {
                    Value::Bool(equal) => Value::Bool(!equal),
                    other => other,
                }
            }
            "<" | ">" | "<=" | ">=" => match (&a, &b) {
                (Value::Number(a), Value::Number(b)) => Value::Bool(match mark {
                    "<" => a < b,
                    ">" => a > b,
                    "<=" => a <= b,
                    _ => a >= b,
                }),
                _ => Value::Unknown,
            },
            "in" => match (&a, &b) {
                (Value::Text(key, _), Value::Object(members)) => self.has_member(members, key),
                _ => Value::Unknown,
            },
            "*" | "/" | "%" => match (&a, &b) {
                (Value::Number(a), Value::Number(b)) => Value::Number(match mark {
                    "*" => a * b,
                    "/" => a / b,
                    _ => a % b,
                }),
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        })
    }

    fn compare(&mut self, a: &Value<'a>, b: &Value<'a>) -> Value<'a> {
        match (a, b) {
            (Value::Text(x, from), Value::Text(y, to)) => {
                let equal = x == y;
                self.note(equal && **x == *self.host, from.or(*to), x);
                Value::Bool(equal)
            }
            (Value::Number(x), Value::Number(y)) => Value::Bool((x - y).abs() < f64::EPSILON),
            (Value::Bool(x), Value::Bool(y)) => Value::Bool(x == y),
            (Value::Null, Value::Null) => Value::Bool(true),
            (Value::Unknown | Value::Address, _) | (_, Value::Unknown | Value::Address) => Value::Unknown,
            _ => Value::Bool(false),
        }
    }

    /// Remembers the text that named the host. What fits every host names none.
    fn note(&mut self, holds: bool, place: Option<(usize, usize)>, pattern: &str) {
        let bare = pattern.trim_start_matches("http://").trim_start_matches("https://");
        let letters = bare.bytes().filter(u8::is_ascii_alphanumeric).count();
        if holds && letters >= 4 && place.is_some() {
            self.named_by = place;
        }
    }

    fn element(&mut self, object: &Value<'a>, index: &Value<'a>) -> Value<'a> {
        match (object, index) {
            (Value::Array(items), Value::Number(index)) if *index >= 0.0 => {
                items.get(count(*index)).cloned().unwrap_or(Value::Null)
            }
            (Value::Object(members), Value::Text(key, _)) => match members.get(key.as_ref()) {
                Some((value, place)) => {
                    self.note(**key == *self.host, *place, key);
                    value.clone()
                }
                None => Value::Null,
            },
            (Value::Text(text, _), Value::Number(index)) if *index >= 0.0 => {
                text.chars().nth(count(*index)).map_or(Value::Null, |letter| self::text(&letter.to_string()))
            }
            _ => Value::Unknown,
        }
    }

    fn called(&mut self, callee: &'a Expr, arguments: &'a [Expr], range: &Range<usize>) -> Ran<Value<'a>> {
        if let Expr::Member(object, method) = callee {
            if method == "push"
                && let Expr::Name(name) = object.as_ref()
                && matches!(self.variable(name), Some(Value::Array(_)))
            {
                let given = self.all(arguments)?;
                self.charge_copy(name)?;
                let Some(Value::Array(items)) = self.variable(name) else { return Ok(Value::Unknown) };
                Rc::make_mut(items).extend(given);
                return Ok(number_of(items.len()));
            }
            let own = self.value(object)?;
            let given = self.all(arguments)?;
            self.at = (range.start, range.end);
            self.charge(size(&own))?;
            return Ok(short(self.method(&own, method, &given)?));
        }
        let given = self.all(arguments)?;
        self.at = (range.start, range.end);
        let Expr::Name(name) = callee else {
            return match self.value(callee)? {
                Value::Function(function) => Ok(self.call(function, given)?.0),
                _ => Ok(Value::Unknown),
            };
        };
        let own = self.functions.get(name.as_str()).copied().or_else(|| match self.lookup(name) {
            Some(Value::Function(function)) => Some(function),
            _ => None,
        });
        match own {
            Some(function) => Ok(self.call(function, given)?.0),
            None => Ok(self.built_in(name, &given)),
        }
    }

    fn all(&mut self, expressions: &'a [Expr]) -> Ran<Vec<Value<'a>>> {
        expressions.iter().map(|expression| self.value(expression)).collect()
    }
}

fn text<'a>(text: &str) -> Value<'a> {
    Value::Text(text.into(), None)
}

/// Numbers in scripts are lengths and places in short texts.
#[expect(clippy::cast_precision_loss, reason = "no script is as long as the precision of a number")]
fn float(count: usize) -> f64 {
    count as f64
}

fn number_of<'a>(count: usize) -> Value<'a> {
    Value::Number(float(count))
}

#[expect(clippy::cast_sign_loss, reason = "what is below zero becomes zero")]
fn count(number: f64) -> usize {
    number as usize
}

fn member<'a>(object: &Value<'a>, name: &str) -> Value<'a> {
    match (object, name) {
        (Value::Text(text, _), "length") => number_of(text.chars().count()),
        (Value::Array(items), "length") => number_of(items.len()),
        (Value::Object(members), _) => members.get(name).map_or(Value::Null, |(value, _)| value.clone()),
        _ => Value::Unknown,
    }
}

/// Bytes that a step handles with this value.
fn size(value: &Value) -> usize {
    match value {
        Value::Text(text, _) => text.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    }
}

/// The value, unless it is too long to be followed.
fn short(value: Value) -> Value {
    if matches!(&value, Value::Text(text, _) if text.len() > MAX_TEXT) { Value::Unknown } else { value }
}

fn add<'a>(a: &Value<'a>, b: &Value<'a>, sign: f64) -> Value<'a> {
    let shown = |value: &Value<'a>| match value {
        Value::Text(text, _) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        _ => None,
    };
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a + sign * b),
        _ if sign < 0.0 => Value::Unknown,
        _ => match (shown(a), shown(b)) {
            (Some(left), Some(right)) => {
                // "*" + ".example.com" still comes from the text that names the host.
                let place = [a, b].into_iter().find_map(|value| match value {
                    Value::Text(text, place) if text.contains('.') => *place,
                    _ => None,
                });
                Value::Text(format!("{left}{right}").into(), place)
            }
            _ => Value::Unknown,
        },
    }
}
