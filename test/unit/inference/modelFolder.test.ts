// Model folders that are as they should be: which of their files are used, and what these say.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel } from '../../../src/inference/model/loadedModel';
import { openModelFolder } from '../../../src/inference/model/modelFolder';
import { hashModel } from '../../../src/inference/model/modelHash';
import { copyModel, editJson, embeddedModel, goldenModel, newFolder } from './modelCopies';
import { fixedGraph } from './onnxWriter';

const small = 'uni-bert-first-simple';

async function hashOf(folder: string): Promise<string> {
  return (await hashModel(openModelFolder(folder))).hash;
}

describe('a whole model folder', () => {
  test('the embedded model', () => {
    const folder = openModelFolder(embeddedModel);
    expect(folder).toMatchObject({ graphKind: 'split-bi-encoder', activations: 'row-scaled', name: 'glitag-small-en' });
    expect(path.relative(embeddedModel, folder.graphFile)).toBe(path.join('onnx', 'encoder_q8.onnx'));
    expect(folder.weightBytes).toBe(fs.statSync(folder.graphFile).size);
  });

  test('a graph with num_labels, and one that takes any number', () => {
    expect(openModelFolder(goldenModel('uni-bert-numlabels-input')).graphKind).toBe('num-labels');
    expect(openModelFolder(goldenModel(small))).toMatchObject({ graphKind: 'dynamic', activations: 'float' });
  });

  test('files are preferred in the documented order, and one can be chosen by its path', () => {
    const folder = copyModel(small);
    const graphFile = path.join(folder, 'model.onnx');
    fs.mkdirSync(path.join(folder, 'onnx'));
    const names = ['model.onnx', 'model_fp16.onnx', 'model_q8.onnx', 'model_quantized.onnx'];
    for (const name of names) fs.copyFileSync(graphFile, path.join(folder, 'onnx', name));
    const opened = (): string => path.relative(folder, openModelFolder(folder).graphFile);
    expect(opened()).toBe(path.join('onnx', 'model.onnx'));
    fs.rmSync(path.join(folder, 'onnx', 'model.onnx'));
    expect(opened()).toBe('model.onnx');
    fs.rmSync(graphFile);
    for (const name of names.slice(1, 3)) {
      expect(opened()).toBe(path.join('onnx', name));
      fs.rmSync(path.join(folder, 'onnx', name));
    }
    const chosen = openModelFolder(path.join(folder, 'onnx', 'model_quantized.onnx'));
    expect(chosen.folder).toBe(folder);
    expect(path.basename(chosen.graphFile)).toBe('model_quantized.onnx');
  });

  test('the only .onnx file may have any name', () => {
    const folder = copyModel(small);
    fs.renameSync(path.join(folder, 'model.onnx'), path.join(folder, 'gliclass.onnx'));
    expect(path.basename(openModelFolder(folder).graphFile)).toBe('gliclass.onnx');
  });

  test('a Hugging Face cache, where files are links into blobs', async () => {
    const repository = path.join(newFolder(), 'models--owner--name');
    const snapshot = path.join(repository, 'snapshots', 'abc');
    fs.mkdirSync(path.join(repository, 'blobs'), { recursive: true });
    fs.mkdirSync(snapshot, { recursive: true });
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.onnx']) {
      fs.copyFileSync(path.join(goldenModel(small), name), path.join(repository, 'blobs', name));
      fs.symlinkSync(path.join('..', '..', 'blobs', name), path.join(snapshot, name));
    }
    const model = await loadModel(snapshot, { threads: 1 });
    await model.session.release();
    expect(model.hash).toBe(await hashOf(goldenModel(small)));
  });

  test('weights in a file beside the graph', async () => {
    const folder = copyModel(small);
    const weights = Float32Array.from({ length: 25 }, (_, index) => index);
    fs.writeFileSync(path.join(folder, 'model.onnx_data'), Buffer.from(weights.buffer));
    fs.writeFileSync(path.join(folder, 'model.onnx'), fixedGraph({ location: 'model.onnx_data' }));
    const model = await loadModel(folder, { threads: 1 });
    await model.session.release();
    expect(model.folder.weightBytes).toBe(fs.statSync(model.folder.graphFile).size + 100);
    const before = model.hash;
    fs.writeFileSync(path.join(folder, 'model.onnx_data'), Buffer.from(weights.fill(9).buffer));
    expect(await hashOf(folder)).not.toBe(before);
  });

  test('a stock export that declares its labels free, but gives 25', async () => {
    const folder = copyModel(small);
    const slots = Array.from({ length: 25 }, (_, index) => index);
    fs.writeFileSync(path.join(folder, 'model.onnx'), fixedGraph(slots));
    expect(openModelFolder(folder).graphKind).toBe('dynamic');
    const model = await loadModel(folder, { threads: 1 });
    await model.session.release();
    expect(model).toMatchObject({ graphKind: 'fixed', slots: 25 });
  });

  test('the hash changes with each file that decides scores, and with no other', async () => {
    const folder = copyModel('bi-bert');
    const hashes = new Set([await hashOf(folder)]);
    const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'label_model/tokenizer.json'];
    for (const name of files) {
      fs.appendFileSync(path.join(folder, name), '\n');
      hashes.add(await hashOf(folder));
    }
    expect(hashes.size).toBe(files.length + 1);
    fs.writeFileSync(path.join(folder, 'README.md'), 'words');
    hashes.add(await hashOf(folder));
    expect(hashes.size).toBe(files.length + 1);
  });

  test.each([
    ['bert', { max_position_embeddings: 512 }, 512],
    ['modernbert', { max_position_embeddings: 8192 }, 1024],
    ['deberta-v2', { max_position_embeddings: 512, position_biased_input: false }, 1024],
    ['deberta-v2', { max_position_embeddings: 512, position_biased_input: true }, 512],
    ['roberta', { max_position_embeddings: 514, pad_token_id: 1 }, 512],
  ])('tokens of a pass: %s', (modelType, encoder, tokens) => {
    const folder = copyModel(small);
    editJson(path.join(folder, 'config.json'), { encoder_config: { model_type: modelType, ...encoder } });
    expect(openModelFolder(folder).config.maxLength).toBe(tokens);
  });
});
