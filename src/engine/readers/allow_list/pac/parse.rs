//! The structure of a script: the part of JavaScript that proxy scripts are written in.

use super::lex::{Fault, Kind, Token, tokens};
use regex_lite::{Regex, RegexBuilder};
use std::ops::Range;

/// A statement.
#[derive(Debug)]
pub enum Stmt {
    Expr(Expr),
    Var(Vec<(String, Option<Expr>)>),
    If(Expr, Box<Stmt>, Option<Box<Stmt>>),
    /// With its place.
    Return(Option<Expr>, Range<usize>),
    Block(Vec<Stmt>),
    /// Start, condition, step, body.
    For(Option<Box<Stmt>>, Option<Expr>, Option<Expr>, Box<Stmt>),
    /// Name, what is walked through, whether its values and not its keys are taken, body.
    ForEach(String, Expr, bool, Box<Stmt>),
    Function(Function),
    Switch(Expr, Vec<(Option<Expr>, Vec<Stmt>)>),
    /// What is tried. What is done when it fails is left out: nothing that is computed here fails.
    Try(Vec<Stmt>),
    Break,
    Continue,
    Nothing,
}

/// A function with its parameters.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub parameters: Vec<String>,
    pub body: Vec<Stmt>,
}

/// An expression.
#[derive(Debug)]
pub enum Expr {
    Text(String, Range<usize>),
    Number(f64),
    Bool(bool),
    Null,
    /// `None` when it cannot be built.
    Regex(Option<Regex>, Range<usize>),
    Name(String),
    Array(Vec<Expr>),
    /// Names, where they stand, values.
    Object(Vec<(String, Range<usize>, Expr)>),
    Function(Box<Function>),
    /// With the place of the whole call.
    Call(Box<Expr>, Vec<Expr>, Range<usize>),
    Member(Box<Expr>, String),
    Index(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Minus(Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Target, "=" or "+=" and the like, value.
    Assign(Box<Expr>, &'static str, Box<Expr>),
    /// Steps of this size; the value is the one after the step.
    Step(Box<Expr>, f64),
}

/// Reads a script.
pub fn parse(text: &str) -> Result<Vec<Stmt>, Fault> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let mut program = Vec::new();
    while parser.peek() != &Kind::End {
        program.push(parser.statement()?);
    }
    Ok(program)
}

/// Deeper than this nobody writes scripts; it also keeps the stack small.
const DEEPEST: usize = 120;

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, Fault>;

impl Parser {
    fn token(&self) -> &Token {
        // The last token is the end, which nothing takes.
        self.tokens.get(self.at).or(self.tokens.last()).unwrap_or(&NOTHING)
    }

    fn peek(&self) -> &Kind {
        &self.token().kind
    }

    fn next(&mut self) -> Token {
        let token = self.token().clone();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    fn is_mark(&self, mark: &str) -> bool {
        matches!(self.peek(), Kind::Mark(found) if *found == mark)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Kind::Name(found) if found == word)
    }

    fn eat(&mut self, mark: &str) -> bool {
        let is = self.is_mark(mark);
        self.at += usize::from(is);
        is
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let is = self.is_word(word);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, mark: &str) -> Parsed<()> {
        if self.eat(mark) { Ok(()) } else { Err(self.fault(&format!("\"{mark}\""))) }
    }

    fn fault(&self, expected: &str) -> Fault {
        let found = match self.peek() {
            Kind::Name(name) => format!("\"{name}\""),
            Kind::Text(text) => format!("the text \"{text}\""),
            Kind::Number(number) => format!("the number {number}"),
            Kind::Regex(..) => "a regular expression".to_owned(),
            Kind::Mark(mark) => format!("\"{mark}\""),
            Kind::End => "the end of the script".to_owned(),
        };
        Fault { at: self.token().range.start, what: format!("Expected {expected}, but found {found}.") }
    }

    fn name(&mut self) -> Parsed<String> {
        match self.peek() {
            Kind::Name(name) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.fault("a name")),
        }
    }

    /// Runs one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        let result = if self.depth > DEEPEST {
            Err(Fault { at: self.token().range.start, what: "The script is nested too deeply to be read.".to_owned() })
        } else {
            read(self)
        };
        self.depth -= 1;
        result
    }

    fn end_of_statement(&mut self) -> Parsed<()> {
        let ends = self.eat(";") || self.is_mark("}") || self.token().after_line || *self.peek() == Kind::End;
        if ends { Ok(()) } else { Err(self.fault("\";\" or the end of the line")) }
    }

    fn statement(&mut self) -> Parsed<Stmt> {
        self.deeper(Self::statement_here)
    }

    fn statement_here(&mut self) -> Parsed<Stmt> {
        if self.eat(";") {
            return Ok(Stmt::Nothing);
        }
        if self.is_mark("{") {
            return Ok(Stmt::Block(self.block()?));
        }
        let word = match self.peek() {
            Kind::Name(name) => name.clone(),
            _ => String::new(),
        };
        match word.as_str() {
            "function" => {
                self.at += 1;
                Ok(Stmt::Function(self.function()?))
            }
            "var" | "let" | "const" => {
                self.at += 1;
                let vars = self.variables()?;
                self.end_of_statement()?;
                Ok(vars)
            }
            "if" => {
                self.at += 1;
                self.expect("(")?;
                let condition = self.expression()?;
                self.expect(")")?;
                let then = self.statement()?;
                let otherwise = if self.eat_word("else") { Some(Box::new(self.statement()?)) } else { None };
                Ok(Stmt::If(condition, Box::new(then), otherwise))
            }
            "return" => {
                let start = self.next().range.start;
                let bare =
                    self.is_mark(";") || self.is_mark("}") || self.token().after_line || *self.peek() == Kind::End;
                let value = if bare { None } else { Some(self.expression()?) };
                let end = self.tokens.get(self.at.saturating_sub(1)).map_or(start, |token| token.range.end);
                self.end_of_statement()?;
                Ok(Stmt::Return(value, start..end))
            }
            "for" => self.loop_(),
            "while" => {
                self.at += 1;
                self.expect("(")?;
                let condition = self.expression()?;
                self.expect(")")?;
                Ok(Stmt::For(None, Some(condition), None, Box::new(self.statement()?)))
            }
            "switch" => self.switch(),
            "try" => {
                self.at += 1;
                let tried = self.block()?;
                if self.eat_word("catch") {
                    if self.eat("(") {
                        self.name()?;
                        self.expect(")")?;
                    }
                    self.block()?;
                }
                if self.eat_word("finally") {
                    self.block()?;
                }
                Ok(Stmt::Try(tried))
            }
            "break" | "continue" => {
                self.at += 1;
                self.end_of_statement()?;
                Ok(if word == "break" { Stmt::Break } else { Stmt::Continue })
            }
            "else" => Err(Fault {
                at: self.token().range.start,
                what: "\"else\" without an \"if\" before it: a bracket may be missing or too many.".to_owned(),
            }),
            _ => {
                let expression = self.expression()?;
                self.end_of_statement()?;
                Ok(Stmt::Expr(expression))
            }
        }
    }

    fn block(&mut self) -> Parsed<Vec<Stmt>> {
        let open = self.token().range.start;
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.eat("}") {
            if *self.peek() == Kind::End {
                return Err(Fault { at: open, what: "This \"{\" is never closed.".to_owned() });
            }
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn variables(&mut self) -> Parsed<Stmt> {
        let mut all = Vec::new();
        loop {
            let name = self.name()?;
            let value = if self.eat("=") { Some(self.assignment()?) } else { None };
            all.push((name, value));
            if !self.eat(",") {
                return Ok(Stmt::Var(all));
            }
        }
    }

    fn loop_(&mut self) -> Parsed<Stmt> {
        self.at += 1;
        self.expect("(")?;
        let declares = ["var", "let", "const"].iter().any(|word| self.is_word(word));
        let ahead = self.tokens.get(self.at + 1 + usize::from(declares)).map(|token| &token.kind);
        if let Some(Kind::Name(word)) = ahead
            && matches!(word.as_str(), "in" | "of")
        {
            let values = word == "of";
            self.at += usize::from(declares);
            let name = self.name()?;
            self.at += 1;
            let over = self.expression()?;
            self.expect(")")?;
            return Ok(Stmt::ForEach(name, over, values, Box::new(self.statement()?)));
        }
        let start = if self.is_mark(";") {
            None
        } else if declares {
            self.at += 1;
            Some(Box::new(self.variables()?))
        } else {
            Some(Box::new(Stmt::Expr(self.expression()?)))
        };
        self.expect(";")?;
        let condition = if self.is_mark(";") { None } else { Some(self.expression()?) };
        self.expect(";")?;
        let step = if self.is_mark(")") { None } else { Some(self.expression()?) };
        self.expect(")")?;
        Ok(Stmt::For(start, condition, step, Box::new(self.statement()?)))
    }

    fn switch(&mut self) -> Parsed<Stmt> {
        self.at += 1;
        self.expect("(")?;
        let value = self.expression()?;
        self.expect(")")?;
        self.expect("{")?;
        let mut cases = Vec::new();
        while !self.eat("}") {
            let label = if self.eat_word("default") {
                None
            } else if self.eat_word("case") {
                Some(self.expression()?)
            } else {
                return Err(self.fault("\"case\" or \"}\""));
            };
            self.expect(":")?;
            let mut body = Vec::new();
            while !self.is_word("case") && !self.is_word("default") && !self.is_mark("}") {
                if *self.peek() == Kind::End {
                    return Err(self.fault("\"}\""));
                }
                body.push(self.statement()?);
            }
            cases.push((label, body));
        }
        Ok(Stmt::Switch(value, cases))
    }

    /// Behind the word "function".
    fn function(&mut self) -> Parsed<Function> {
        let name = if self.is_mark("(") { String::new() } else { self.name()? };
        self.expect("(")?;
        let mut parameters = Vec::new();
        while !self.eat(")") {
            parameters.push(self.name()?);
            if !self.eat(",") && !self.is_mark(")") {
                return Err(self.fault("\",\" or \")\""));
            }
        }
        Ok(Function { name, parameters, body: self.block()? })
    }

    fn expression(&mut self) -> Parsed<Expr> {
        let mut value = self.assignment()?;
        while self.eat(",") {
            let next = self.assignment()?;
            value = Expr::Binary(",", Box::new(value), Box::new(next));
        }
        Ok(value)
    }

    fn assignment(&mut self) -> Parsed<Expr> {
        self.deeper(Self::assignment_here)
    }

    fn assignment_here(&mut self) -> Parsed<Expr> {
        if let Some(arrow) = self.arrow()? {
            return Ok(arrow);
        }
        let target = self.choice()?;
        for mark in ["=", "+=", "-="] {
            if self.eat(mark) {
                let value = self.assignment()?;
                return Ok(Expr::Assign(Box::new(target), mark, Box::new(value)));
            }
        }
        Ok(target)
    }

    /// `x => …` or `(x, y) => …`.
    fn arrow(&mut self) -> Parsed<Option<Expr>> {
        let mut ahead = self.at;
        let kind = |at: usize| self.tokens.get(at).map(|token| &token.kind);
        let mut parameters = Vec::new();
        match kind(ahead) {
            Some(Kind::Name(name)) => {
                parameters.push(name.clone());
                ahead += 1;
            }
            Some(Kind::Mark("(")) => {
                ahead += 1;
                loop {
                    match kind(ahead) {
                        Some(Kind::Name(name)) => parameters.push(name.clone()),
                        Some(Kind::Mark(",")) => {}
                        Some(Kind::Mark(")")) => break,
                        _ => return Ok(None),
                    }
                    ahead += 1;
                }
                ahead += 1;
            }
            _ => return Ok(None),
        }
        if !matches!(kind(ahead), Some(Kind::Mark("=>"))) {
            return Ok(None);
        }
        self.at = ahead + 1;
        let body = if self.is_mark("{") {
            self.block()?
        } else {
            let start = self.token().range.start;
            vec![Stmt::Return(Some(self.assignment()?), start..start)]
        };
        Ok(Some(Expr::Function(Box::new(Function { name: String::new(), parameters, body }))))
    }

    fn choice(&mut self) -> Parsed<Expr> {
        let condition = self.binary(0)?;
        if !self.eat("?") {
            return Ok(condition);
        }
        let then = self.assignment()?;
        self.expect(":")?;
        let otherwise = self.assignment()?;
        Ok(Expr::Choose(Box::new(condition), Box::new(then), Box::new(otherwise)))
    }

    fn binary(&mut self, level: usize) -> Parsed<Expr> {
        const LEVELS: &[&[&str]] = &[
            &["||", "??"],
            &["&&"],
            &["|", "^", "&"],
            &["===", "!==", "==", "!="],
            &["<=", ">=", "<", ">", "in"],
            &["+", "-"],
            &["*", "/", "%"],
        ];
        let Some(marks) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(mark) = marks.iter().find(|mark| self.is_mark(mark) || (**mark == "in" && self.is_word("in"))) {
            self.at += 1;
            let right = self.binary(level + 1)?;
            left = Expr::Binary(mark, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            if parser.eat("!") {
                return Ok(Expr::Not(Box::new(parser.unary()?)));
            }
            if parser.eat("-") {
                return Ok(Expr::Minus(Box::new(parser.unary()?)));
            }
            if parser.eat("+") || parser.eat_word("typeof") || parser.eat_word("new") || parser.eat_word("void") {
                return parser.unary();
            }
            for (mark, step) in [("++", 1.0), ("--", -1.0)] {
                if parser.eat(mark) {
                    return Ok(Expr::Step(Box::new(parser.unary()?), step));
                }
            }
            let value = parser.postfix()?;
            for (mark, step) in [("++", 1.0), ("--", -1.0)] {
                if parser.is_mark(mark) && !parser.token().after_line {
                    parser.at += 1;
                    return Ok(Expr::Step(Box::new(value), step));
                }
            }
            Ok(value)
        })
    }

    fn postfix(&mut self) -> Parsed<Expr> {
        let start = self.token().range.start;
        let mut value = self.primary()?;
        loop {
            if self.eat(".") || self.eat("?.") {
                value = Expr::Member(Box::new(value), self.name()?);
            } else if self.eat("[") {
                let index = self.expression()?;
                self.expect("]")?;
                value = Expr::Index(Box::new(value), Box::new(index));
            } else if self.eat("(") {
                let mut arguments = Vec::new();
                while !self.eat(")") {
                    arguments.push(self.assignment()?);
                    if !self.eat(",") && !self.is_mark(")") {
                        return Err(self.fault("\",\" or \")\""));
                    }
                }
                let end = self.tokens.get(self.at.saturating_sub(1)).map_or(start, |token| token.range.end);
                value = Expr::Call(Box::new(value), arguments, start..end);
            } else {
                return Ok(value);
            }
        }
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let token = self.token().clone();
        let value = match token.kind {
            Kind::Text(text) => Expr::Text(text, token.range),
            Kind::Number(number) => Expr::Number(number),
            Kind::Regex(pattern, flags) => {
                let built = RegexBuilder::new(&pattern)
                    .case_insensitive(flags.contains('i'))
                    .nest_limit(64)
                    .size_limit(1 << 18)
                    .build();
                Expr::Regex(built.ok(), token.range)
            }
            Kind::Name(name) => match name.as_str() {
                "true" => Expr::Bool(true),
                "false" => Expr::Bool(false),
                "null" | "undefined" => Expr::Null,
                "function" => {
                    self.at += 1;
                    return Ok(Expr::Function(Box::new(self.function()?)));
                }
                "if" | "else" | "return" | "for" | "while" | "var" | "let" | "const" | "switch" | "case" => {
                    return Err(self.fault("a value"));
                }
                _ => Expr::Name(name),
            },
            Kind::Mark("(") => {
                self.at += 1;
                let inner = self.expression()?;
                self.expect(")")?;
                return Ok(inner);
            }
            Kind::Mark("[") => {
                self.at += 1;
                let mut values = Vec::new();
                while !self.eat("]") {
                    values.push(self.assignment()?);
                    if !self.eat(",") && !self.is_mark("]") {
                        return Err(self.fault("\",\" or \"]\""));
                    }
                }
                return Ok(Expr::Array(values));
            }
            Kind::Mark("{") => return self.object(),
            Kind::Mark(_) | Kind::End => return Err(self.fault("a value")),
        };
        self.at += 1;
        Ok(value)
    }

    fn object(&mut self) -> Parsed<Expr> {
        self.expect("{")?;
        let mut members = Vec::new();
        while !self.eat("}") {
            let token = self.next();
            let name = match token.kind {
                Kind::Name(name) | Kind::Text(name) => name,
                Kind::Number(number) => number.to_string(),
                _ => return Err(Fault { at: token.range.start, what: "Expected the name of a member.".to_owned() }),
            };
            self.expect(":")?;
            members.push((name, token.range, self.assignment()?));
            if !self.eat(",") && !self.is_mark("}") {
                return Err(self.fault("\",\" or \"}\""));
            }
        }
        Ok(Expr::Object(members))
    }
}

/// Stands for a token where there is none.
static NOTHING: Token = Token { kind: Kind::End, range: 0..0, after_line: true };
