#![doc = include_str!("README.md")]

pub mod calendar;
pub mod diag;
pub mod i18n;
pub mod text;

pub mod config;
pub mod document;
pub mod kind;
pub mod markdown;
pub mod yaml;

pub mod archive;
pub mod edition;
pub mod record;

pub mod form;
pub mod report;
pub mod rule;
pub mod table;

pub mod export;
pub mod route;
pub mod scaffold;
pub mod site;
pub mod theme;
pub mod view;

pub mod build;
pub mod cli;
pub mod publish;
pub mod serve;
pub mod source;
pub mod watch;

#[cfg(test)]
mod testing;
