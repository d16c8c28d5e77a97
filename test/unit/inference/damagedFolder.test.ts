// Damaged model folders as users find them: each thing that is wrong has its own error.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel } from '../../../src/inference/model/loadedModel';
import { AppError } from '../../../src/shared/errors';
import { copyModel, editJson, newFolder } from './modelCopies';
import { writeOnnx } from './onnxWriter';

const small = 'uni-bert-first-simple';

async function errorOf(folder: string): Promise<AppError> {
  try {
    const model = await loadModel(folder, { threads: 1 });
    await model.session.release();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The model was loaded.');
}

interface Damage {
  readonly what: string;
  readonly model?: string;
  readonly code: string;
  /** What the message must name. */
  readonly says: RegExp;
  readonly damage: (folder: string) => void;
}

const config = (changes: Readonly<Record<string, unknown>>) => (folder: string) => {
  editJson(path.join(folder, 'config.json'), changes);
};
const remove = (name: string) => (folder: string) => {
  fs.rmSync(path.join(folder, name));
};
const write = (name: string, content: string | Buffer) => (folder: string) => {
  fs.writeFileSync(path.join(folder, name), content);
};
const graph = { inputs: ['input_ids', 'attention_mask'], outputs: [{ name: 'logits', dims: [null, null] }] };
const graphWith = (location: string): Buffer =>
  writeOnnx({
    ...graph,
    nodes: [{ operator: 'Identity', inputs: ['w'], outputs: ['logits'] }],
    weights: [{ name: 'w', dims: [1, 1], values: { location } }],
  });

const damages: Damage[] = [
  { what: 'no config.json', code: 'model-missing', says: /config\.json/, damage: remove('config.json') },
  { what: 'no tokenizer.json', code: 'model-missing', says: /tokenizer\.json/, damage: remove('tokenizer.json') },
  {
    what: 'no tokenizer_config.json',
    code: 'model-missing',
    says: /tokenizer_config\.json/,
    damage: remove('tokenizer_config.json'),
  },
  { what: 'no .onnx file', code: 'model-missing', says: /no \.onnx file/, damage: remove('model.onnx') },
  {
    what: 'several unknown .onnx files',
    code: 'model-missing',
    says: /one\.onnx.*two\.onnx/,
    damage: (folder) => {
      fs.copyFileSync(path.join(folder, 'model.onnx'), path.join(folder, 'one.onnx'));
      fs.renameSync(path.join(folder, 'model.onnx'), path.join(folder, 'two.onnx'));
    },
  },
  {
    what: 'config is no JSON',
    code: 'model-config-invalid',
    says: /not valid JSON/,
    damage: write('config.json', '{'),
  },
  { what: 'config is a list', code: 'model-config-invalid', says: /config\.json/, damage: write('config.json', '[]') },
  {
    what: 'unknown architecture',
    code: 'model-config-invalid',
    says: /architecture_type is "tri-encoder"/,
    damage: config({ architecture_type: 'tri-encoder' }),
  },
  {
    what: 'scorer dot',
    code: 'model-config-invalid',
    says: /scorer_type is "dot"/,
    damage: config({ scorer_type: 'dot' }),
  },
  { what: 'wrong type', code: 'model-config-invalid', says: /max_length/, damage: config({ max_length: 'long' }) },
  {
    what: 'threshold out of range',
    code: 'model-config-invalid',
    says: /default_threshold is 5/,
    damage: config({ default_threshold: 5 }),
  },
  {
    what: 'an encoder without positions',
    code: 'model-config-invalid',
    says: /max_position_embeddings is 0/,
    damage: config({ encoder_config: { max_position_embeddings: 0 } }),
  },
  {
    what: 'unknown max_labels_alloc',
    code: 'model-config-invalid',
    says: /max_labels_alloc is "many"/,
    damage: config({ max_labels_alloc: 'many' }),
  },
  {
    what: 'squeeze_layers',
    code: 'model-unsupported',
    says: /squeeze_layers/,
    damage: config({ squeeze_layers: true }),
  },
  {
    what: 'encoder_layer_id',
    code: 'model-unsupported',
    says: /encoder_layer_id/,
    damage: config({ encoder_layer_id: 3 }),
  },
  { what: 'layer_wise', code: 'model-unsupported', says: /layer_wise/, damage: config({ layer_wise: true }) },
  {
    what: 'class token of another tokenizer',
    code: 'model-config-invalid',
    says: /class_token_index": 7, but the tokenizer gives <<LABEL>> the id 520/,
    damage: config({ class_token_index: 7 }),
  },
  {
    what: 'separator of another tokenizer',
    code: 'model-config-invalid',
    says: /text_token_index/,
    damage: config({ text_token_index: 7 }),
  },
  {
    what: 'tokenizer without markers',
    code: 'model-tokenizer-invalid',
    says: /does not know the marker <<LABEL>>/,
    damage: (folder) => {
      const file = path.join(folder, 'tokenizer.json');
      const { added_tokens: added } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
        added_tokens: { content: string }[];
      };
      editJson(file, { added_tokens: added.filter(({ content }) => !content.startsWith('<<')) });
    },
  },
  {
    what: 'tokenizer is no JSON',
    code: 'model-tokenizer-invalid',
    says: /tokenizer\.json is not valid JSON/,
    damage: write('tokenizer.json', 'version https://git-lfs'),
  },
  {
    what: 'tokenizer of an unknown kind',
    code: 'model-tokenizer-invalid',
    says: /tokenizer in/,
    damage: (folder) => {
      editJson(path.join(folder, 'tokenizer.json'), { model: { type: 'Abacus' } });
    },
  },
  {
    what: 'truncated graph',
    code: 'model-graph-invalid',
    says: /ends too early/,
    damage: (folder) => {
      const file = path.join(folder, 'model.onnx');
      fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
    },
  },
  { what: 'empty graph', code: 'model-graph-invalid', says: /model\.onnx/, damage: write('model.onnx', '') },
  {
    what: 'graph is a Git LFS pointer',
    code: 'model-graph-invalid',
    says: /not an ONNX model|ends too early/,
    damage: write('model.onnx', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
  },
  {
    what: 'graph is not GLiClass: no logits',
    code: 'model-graph-invalid',
    says: /has no output logits \(it has pooled\)/,
    damage: write(
      'model.onnx',
      writeOnnx({
        ...graph,
        outputs: [{ name: 'pooled', dims: [null, null] }],
        nodes: [{ operator: 'Cast', inputs: ['input_ids'], outputs: ['pooled'], attributes: { to: 1 } }],
      }),
    ),
  },
  {
    what: 'graph is not GLiClass: other inputs',
    code: 'model-graph-invalid',
    says: /has no input input_ids, attention_mask/,
    damage: write(
      'model.onnx',
      writeOnnx({ ...graph, inputs: ['x'], nodes: [{ operator: 'Identity', inputs: ['x'], outputs: ['logits'] }] }),
    ),
  },
  {
    what: 'graph of another architecture',
    code: 'model-graph-invalid',
    says: /has no input class_input_ids, class_attention_mask, labels_mask/,
    damage: config({ architecture_type: 'bi-encoder-fused' }),
  },
  {
    what: 'graph of another architecture, with more inputs',
    model: 'bi-fused-bert',
    code: 'model-graph-invalid',
    says: /wants the input class_input_ids/,
    damage: config({ architecture_type: 'uni-encoder' }),
  },
  {
    what: 'logits of another shape',
    code: 'model-graph-invalid',
    says: /does not behave like/,
    damage: write(
      'model.onnx',
      writeOnnx({
        ...graph,
        nodes: [{ operator: 'Identity', inputs: ['w'], outputs: ['logits'] }],
        weights: [{ name: 'w', dims: [3, 2], values: [1, 2, 3, 4, 5, 6] }],
      }),
    ),
  },
  {
    what: "a graph for another tokenizer's ids",
    code: 'model-graph-invalid',
    says: /tokenizer is another model's/,
    damage: write(
      'model.onnx',
      writeOnnx({
        ...graph,
        nodes: [{ operator: 'Gather', inputs: ['w', 'input_ids'], outputs: ['logits'] }],
        weights: [{ name: 'w', dims: [1, 2], values: [1, 2] }],
      }),
    ),
  },
  {
    what: 'an operator that does not exist',
    code: 'model-graph-invalid',
    says: /ONNX Runtime cannot load/,
    damage: write(
      'model.onnx',
      writeOnnx({ ...graph, nodes: [{ operator: 'Divine', inputs: ['input_ids'], outputs: ['logits'] }] }),
    ),
  },
  {
    what: 'weights by an absolute path',
    code: 'model-outside-folder',
    says: /\/etc\/hostname/,
    damage: write('model.onnx', graphWith('/etc/hostname')),
  },
  {
    what: 'weights by a Windows path',
    code: 'model-outside-folder',
    says: /outside its own folder/,
    damage: write('model.onnx', graphWith('C:\\Windows\\win.ini')),
  },
  {
    what: 'weights above the folder',
    code: 'model-outside-folder',
    says: /\.\.\/secret/,
    damage: write('model.onnx', graphWith('../secret')),
  },
  {
    what: 'weights through a link',
    code: 'model-outside-folder',
    says: /is a link to/,
    damage: (folder) => {
      write('model.onnx', graphWith('weights.bin'))(folder);
      const outside = path.join(newFolder(), 'weights.bin');
      fs.writeFileSync(outside, Buffer.alloc(4));
      fs.symlinkSync(outside, path.join(folder, 'weights.bin'));
    },
  },
  {
    what: 'weights missing',
    code: 'model-missing',
    says: /weights\.bin, which is missing/,
    damage: write('model.onnx', graphWith('weights.bin')),
  },
  {
    what: 'graph is a link out of the folder',
    code: 'model-outside-folder',
    says: /is a link to/,
    damage: (folder) => {
      const outside = path.join(newFolder(), 'model.onnx');
      fs.renameSync(path.join(folder, 'model.onnx'), outside);
      fs.symlinkSync(outside, path.join(folder, 'model.onnx'));
    },
  },
  ...['config.json', 'tokenizer.json'].map((name) => ({
    what: `${name} is a link out of the folder`,
    code: 'model-outside-folder' as const,
    says: /is a link to/,
    damage: (folder: string) => {
      const outside = path.join(newFolder(), name);
      fs.renameSync(path.join(folder, name), outside);
      fs.symlinkSync(outside, path.join(folder, name));
    },
  })),
  {
    what: 'graph is a folder',
    code: 'model-missing',
    says: /model\.onnx is a folder/,
    damage: (folder) => {
      fs.rmSync(path.join(folder, 'model.onnx'));
      fs.mkdirSync(path.join(folder, 'model.onnx'));
    },
  },
  {
    what: 'graph is a dangling link',
    code: 'model-missing',
    says: /leads nowhere/,
    damage: (folder) => {
      fs.rmSync(path.join(folder, 'model.onnx'));
      fs.symlinkSync('gone.onnx', path.join(folder, 'model.onnx'));
    },
  },
];

describe('a damaged model folder', () => {
  test.each(damages)('$what: $code', async ({ model, code, says, damage }) => {
    const folder = copyModel(model ?? small);
    damage(folder);
    const error = await errorOf(folder);
    expect(error.message).toMatch(says);
    expect(error.code).toBe(code);
    // Where it is: every message names the folder or the file.
    expect(error.message).toContain(path.basename(folder));
  });

  test('there is no folder', async () => {
    const error = await errorOf(path.join(newFolder(), 'nothing'));
    expect(error.code).toBe('model-missing');
  });
});
