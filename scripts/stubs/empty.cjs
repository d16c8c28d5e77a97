// Stands in for packages that @huggingface/transformers imports but text classification never calls.
module.exports = {};
