"""JSON Resume (jsonresume.org, schema v1.0.0): the CV as other programs read it, and what is taken from theirs."""
