//! Cached directory lookups, with a log of the questions asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::directory::IsFile;
use super::disambiguate::name_with_title;
use super::{Answer, Directory, Question};
use crate::i18n::Message;
use crate::kind::Scope;
use crate::text::{Fingerprint, Fingerprinter};

/// Asks the directory and caches the answers.
pub struct LookupCache<'a> {
    directory: &'a Directory,
    files: &'a IsFile<'a>,
    known: BTreeMap<Question, Answer>,
}

impl<'a> LookupCache<'a> {
    /// An empty cache.
    pub fn new(directory: &'a Directory, files: &'a IsFile<'a>) -> Self {
        LookupCache { directory, files, known: BTreeMap::new() }
    }

    /// Asks each question once, then answers from the cache.
    pub fn lookup(&mut self, question: Question) -> Answer {
        if let Some(answer) = self.known.get(&question) {
            return answer.clone();
        }
        let answer = self.directory.answer(&question, self.files);
        self.known.insert(question, answer.clone());
        answer
    }

    /// Looks up who is called `name`.
    pub fn lookup_name(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &Arc<str>) -> Answer {
        self.lookup(Question::Name { scope, home: home.cloned(), name: name.clone() })
    }

    /// The help «是否想写 …» with the names close to `name`.
    pub fn suggest(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &Arc<str>) -> Option<Message> {
        match self.lookup(Question::Near { scope, home: home.cloned(), name: name.clone() }) {
            Answer::Several(entries) => {
                let names: Vec<String> = entries.iter().map(|entry| name_with_title(entry)).collect();
                Some(Message::new("help.names-near").with("names", names.join("、")))
            }
            _ => None,
        }
    }

    /// The questions, in order, and the fingerprint of the answers.
    pub fn finish(self) -> (Vec<Question>, Fingerprint) {
        let mut fingerprint = Fingerprinter::new();
        let mut questions = Vec::with_capacity(self.known.len());
        for (question, answer) in self.known {
            fingerprint.hash(&answer);
            questions.push(question);
        }
        (questions, fingerprint.finish())
    }
}
