//! A naive evaluator of the grantlet model.
