//! Asking the directory, once for each question, and remembering every answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::directory::FilesThere;
use super::telling::spelled;
use super::{Answer, Directory, Question};
use crate::i18n::Message;
use crate::kind::Scope;
use crate::text::{Fingerprint, Fingerprinter};

/// Asks the directory and remembers what was asked.
pub struct Asker<'a> {
    directory: &'a Directory,
    files: &'a FilesThere<'a>,
    known: BTreeMap<Question, Answer>,
}

impl<'a> Asker<'a> {
    /// Nothing asked yet.
    pub fn new(directory: &'a Directory, files: &'a FilesThere<'a>) -> Self {
        Asker { directory, files, known: BTreeMap::new() }
    }

    /// Asks once, answers from memory afterwards.
    pub fn ask(&mut self, question: Question) -> Answer {
        if let Some(answer) = self.known.get(&question) {
            return answer.clone();
        }
        let answer = self.directory.answer(&question, self.files);
        self.known.insert(question, answer.clone());
        answer
    }

    /// Who is called that?
    pub fn name(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &Arc<str>) -> Answer {
        self.ask(Question::Name { scope, home: home.cloned(), name: name.clone() })
    }

    /// «是否想写 …», spoken with the names as they should be written.
    pub fn near(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &Arc<str>) -> Option<Message> {
        match self.ask(Question::Near { scope, home: home.cloned(), name: name.clone() }) {
            Answer::Several(cards) => {
                let names: Vec<String> = cards.iter().map(|card| spelled(card)).collect();
                Some(Message::new("help.names-near").with("names", names.join("、")))
            }
            _ => None,
        }
    }

    /// What was asked, in order, and the fingerprint of the answers.
    pub fn finish(self) -> (Vec<Question>, Fingerprint) {
        let mut print = Fingerprinter::new();
        let mut questions = Vec::with_capacity(self.known.len());
        for (question, answer) in self.known {
            print.hash(&answer);
            questions.push(question);
        }
        (questions, print.finish())
    }
}
