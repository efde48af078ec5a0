//! Values and their texts, over many types.
