//! Who a name is, where a link leads.
