#![doc = include_str!("README.md")]

pub mod calendar;
pub mod diag;
pub mod text;
pub mod words;

pub mod document;
pub mod kind;
pub mod policy;
pub mod prose;
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

pub mod bell;
pub mod cli;
pub mod publish;
pub mod serve;
pub mod workshop;
pub mod world;
