//! The names that a WebAssembly module and its surroundings know each other by: its imports and exports, as far as the
//! binary format has to be understood for that (WebAssembly Core Specification 2.0, §5.5).

use std::collections::BTreeMap;
use std::io;

const HEADER: usize = 8;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The names of all functions that it imports and of everything that it exports, in its order.
pub(crate) fn names(module: &[u8]) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    walk(module, |name| {
        names.push(name.to_owned());
        name.to_owned()
    })?;
    Ok(names)
}

/// The same module, under other names where there are some.
pub(crate) fn renamed(module: &[u8], short: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    walk(module, |name| {
        short.get(name).cloned().unwrap_or_else(|| name.to_owned())
    })
}

fn walk(module: &[u8], mut rename: impl FnMut(&str) -> String) -> io::Result<Vec<u8>> {
    if !module.starts_with(b"\0asm\x01\0\0\0") {
        return Err(odd("no WebAssembly module of version 1"));
    }
    let mut written = module.get(..HEADER).unwrap_or_default().to_vec();
    let mut rest = Reader(module.get(HEADER..).unwrap_or_default());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let size = rest.number()?;
        let section = rest.take(size)?;
        let section = match id {
            IMPORTS => imports(section, &mut rename)?,
            EXPORTS => exports(section, &mut rename)?,
            _ => section.to_vec(),
        };
        written.push(id);
        write_number(&mut written, section.len());
        written.extend(section);
    }
    Ok(written)
}

fn imports(section: &[u8], rename: &mut impl FnMut(&str) -> String) -> io::Result<Vec<u8>> {
    let mut rest = Reader(section);
    let count = rest.number()?;
    let mut written = Vec::new();
    write_number(&mut written, count);
    for _ in 0..count {
        write_text(&mut written, rest.text()?);
        write_text(&mut written, &rename(rest.text()?));
        // wasm-bindgen's modules bring their own memory and tables.
        if rest.byte()? != 0 {
            return Err(odd("an import that is no function"));
        }
        written.push(0);
        let kind = rest.number()?;
        write_number(&mut written, kind);
    }
    Ok(written)
}

fn exports(section: &[u8], rename: &mut impl FnMut(&str) -> String) -> io::Result<Vec<u8>> {
    let mut rest = Reader(section);
    let count = rest.number()?;
    let mut written = Vec::new();
    write_number(&mut written, count);
    for _ in 0..count {
        write_text(&mut written, &rename(rest.text()?));
        written.push(rest.byte()?);
        let which = rest.number()?;
        write_number(&mut written, which);
    }
    Ok(written)
}

/// What is still to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> io::Result<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or_else(|| odd("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.take(1)
            .map(|byte| byte.first().copied().unwrap_or_default())
    }

    /// LEB128, of 32 bits at most.
    fn number(&mut self) -> io::Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(odd("a number that is too long"))
    }

    fn text(&mut self) -> io::Result<&'a str> {
        let length = self.number()?;
        let text = self.take(length)?;
        std::str::from_utf8(text).map_err(|_| odd("a name that is no text"))
    }
}

fn write_number(written: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return written.push(low);
        }
        written.push(low | 0x80);
    }
}

fn write_text(written: &mut Vec<u8>, text: &str) {
    write_number(written, text.len());
    written.extend(text.as_bytes());
}

fn odd(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function and exports two things, with a section of another kind before, between and after.
    fn module(import: &str, exports: [&str; 2]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, body: &[u8]| {
            module.push(id);
            write_number(&mut module, body.len());
            module.extend(body);
        };
        section(1, b"\x01\x60\0\0");
        let mut imported = vec![1];
        write_text(&mut imported, "./page_bg.js");
        write_text(&mut imported, import);
        imported.extend([0, 0x85, 0x01]);
        section(IMPORTS, &imported);
        section(0, &[7; 300]);
        let mut exported = vec![2];
        for (kind, name) in exports.into_iter().enumerate() {
            write_text(&mut exported, name);
            exported.push(u8::try_from(kind).expect("a kind"));
            write_number(&mut exported, 200 + kind);
        }
        section(EXPORTS, &exported);
        section(0, b"end");
        module
    }

    #[test]
    fn names_are_found_in_their_order() {
        let found = names(&module(
            "__wbg_now_0123456789abcdef",
            ["memory", "__wbindgen_start"],
        ));
        let names = ["__wbg_now_0123456789abcdef", "memory", "__wbindgen_start"];
        assert_eq!(found.expect("names"), names);
    }

    #[test]
    fn what_gets_another_name_is_otherwise_the_same() {
        let before = module("__wbg_now_0123456789abcdef", ["memory", "__wbindgen_start"]);
        let short = [
            ("__wbg_now_0123456789abcdef", "a"),
            ("__wbindgen_start", "b"),
        ];
        let short = short.map(|(long, short)| (long.to_owned(), short.to_owned()));
        let after = renamed(&before, &short.into()).expect("renamed");
        assert_eq!(after, module("a", ["memory", "b"]));
        assert_eq!(
            renamed(&before, &BTreeMap::new()).expect("the same"),
            before
        );
    }

    #[test]
    fn what_is_no_module_of_ours_is_refused() {
        let whole = module("a", ["b", "c"]);
        assert!(names(b"").is_err() && names(b"\0asm\x02\0\0\0").is_err());
        for cut in HEADER + 1..whole.len() {
            let cut = whole.get(..cut).expect("a part");
            // Between two sections it is a module, if a poor one.
            drop(names(cut));
        }
        assert!(names(whole.get(..whole.len() - 1).expect("a part")).is_err());
        let memory = [
            b"\0asm\x01\0\0\0".as_slice(),
            b"\x02\x08\x01\x01e\x01m\x02\0\x01",
        ]
        .concat();
        let why = names(&memory).expect_err("an imported memory");
        assert_eq!(why.to_string(), "an import that is no function");
    }
}
