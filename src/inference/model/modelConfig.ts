// config.json of a model folder, typed: the fields that decide what the model reads and how its numbers are meant.
import * as v from 'valibot';
import { AppError } from '../../shared/errors';

export const architectures = [
  'uni-encoder',
  'bi-encoder',
  'bi-encoder-fused',
  'encoder-decoder',
  'encoder-decoder-cls',
  'decoder-kv',
] as const;
export type Architecture = (typeof architectures)[number];

const poolings = ['first', 'last', 'avg', 'max', 'sum', 'rms', 'abs_max', 'abs_avg', 'pass'] as const;
const scorers = ['simple', 'weighted-dot', 'mlp', 'hopfield', 'cross-attn'] as const;

/** Upstream's pipeline reads this many tokens unless told otherwise. */
const upstreamMaxLength = 1024;
/** Fewer have no room for a label and a text. */
const fewestTokens = 8;

/** Typed fields of config.json; names are upstream's in camelCase. */
export interface ModelConfig {
  readonly architectureType: Architecture;
  /** Labels stand before the text (else after it). */
  readonly promptFirst: boolean;
  /** Ids of <<LABEL>>, <<SEP>>, <<EXAMPLE>>. */
  readonly classTokenIndex: number;
  readonly textTokenIndex: number;
  readonly exampleTokenIndex: number;
  /** decoder-kv: id of the separator of the label section. */
  readonly sepTokenIndex: number | null;
  readonly poolingStrategy: (typeof poolings)[number];
  readonly scorerType: (typeof scorers)[number];
  /** Slots of a fixed graph. */
  readonly maxNumClasses: number;
  /** Slots of any pass where the model was trained with a fixed number; null for "dynamic". */
  readonly maxLabelsAlloc: number | null;
  /** Tokens of one pass, special tokens included. */
  readonly maxLength: number;
  readonly padTokenId: number | null;
  readonly useCalibrator: boolean;
  /** `graph` of config.json, ours: what the ONNX graph computes, where it says so. */
  readonly graph: string | null;
  /** Score from which on a label counts where the user sets none. */
  readonly defaultThreshold: number;
  readonly encoderModelType: string | null;
}

const number = v.nullish(v.pipe(v.number(), v.finite()));
const whole = v.nullish(v.pipe(v.number(), v.integer()));
const flag = v.nullish(v.boolean());

const encoderSchema = v.nullish(
  v.looseObject({
    model_type: v.nullish(v.string()),
    max_position_embeddings: whole,
    position_biased_input: flag,
    pad_token_id: whole,
    vocab_size: whole,
  }),
);

const configSchema = v.looseObject({
  architecture_type: v.nullish(v.string()),
  prompt_first: flag,
  class_token_index: whole,
  text_token_index: whole,
  example_token_index: whole,
  sep_token_index: whole,
  pooling_strategy: v.nullish(v.string()),
  scorer_type: v.nullish(v.string()),
  max_num_classes: whole,
  max_labels_alloc: v.nullish(v.union([v.string(), v.pipe(v.number(), v.integer())])),
  max_length: whole,
  pad_token_id: whole,
  vocab_size: whole,
  use_calibrator: flag,
  squeeze_layers: flag,
  encoder_layer_id: whole,
  layer_wise: flag,
  multimodal: flag,
  graph: v.nullish(v.string()),
  default_threshold: number,
  encoder_config: encoderSchema,
});

/**
 * Parses the text of a config.json.
 * @param file Its path, for messages.
 * @throws AppError model-config-invalid, model-unsupported.
 */
export function parseModelConfig(text: string, file: string): ModelConfig {
  const raw = parse(text, file);
  refuseUnsupported(raw, file);
  const vocabulary = raw.vocab_size ?? raw.encoder_config?.vocab_size ?? 0;
  const slots = raw.max_num_classes ?? 25;
  if (slots < 1) throw invalid(file, `max_num_classes is ${slots}, which is not a number of labels`);
  const threshold = raw.default_threshold ?? 0.5;
  if (threshold < 0 || threshold > 1)
    throw invalid(file, `default_threshold is ${threshold}, which is not between 0 and 1`);
  const classTokenIndex = raw.class_token_index ?? vocabulary;
  return {
    architectureType: oneOf(raw.architecture_type ?? 'uni-encoder', architectures, 'architecture_type', file),
    promptFirst: raw.prompt_first ?? false,
    classTokenIndex,
    textTokenIndex: raw.text_token_index ?? vocabulary + 1,
    exampleTokenIndex: raw.example_token_index ?? vocabulary + 2,
    sepTokenIndex: raw.sep_token_index ?? null,
    poolingStrategy: oneOf(raw.pooling_strategy ?? 'first', poolings, 'pooling_strategy', file),
    scorerType: oneOf(raw.scorer_type ?? 'simple', scorers, 'scorer_type', file),
    maxNumClasses: slots,
    maxLabelsAlloc: slotsOf(raw.max_labels_alloc, slots, file),
    maxLength: maxLengthOf(raw, file),
    padTokenId: raw.pad_token_id ?? raw.encoder_config?.pad_token_id ?? null,
    useCalibrator: raw.use_calibrator ?? false,
    graph: raw.graph ?? null,
    defaultThreshold: threshold,
    encoderModelType: raw.encoder_config?.model_type ?? null,
  };
}

type RawConfig = v.InferOutput<typeof configSchema>;

function parse(text: string, file: string): RawConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('model-config-invalid', `${file} is not valid JSON. Put the model's own config.json there.`, {
      cause,
    });
  }
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = v.getDotPath(issue);
  throw invalid(file, key === null ? 'it is not an object' : `${key} has the wrong type (${issue.message})`);
}

/** Options with which upstream itself fails, so no graph can have been made with them (ran: gliclass 0.1.21). */
function refuseUnsupported(raw: RawConfig, file: string): void {
  const bad: [boolean, string][] = [
    [raw.squeeze_layers === true, '"squeeze_layers": true'],
    [(raw.encoder_layer_id ?? -1) !== -1, `"encoder_layer_id": ${String(raw.encoder_layer_id)}`],
    [raw.layer_wise === true, '"layer_wise": true'],
    [raw.multimodal === true, '"multimodal": true'],
  ];
  for (const [is, what] of bad)
    if (is)
      throw new AppError(
        'model-unsupported',
        `${file} asks for ${what}, which GLiTag cannot run. Use a GLiClass text model without this option.`,
      );
}

function oneOf<T extends string>(value: string, allowed: readonly T[], key: string, file: string): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw invalid(file, `${key} is "${value}", but must be one of ${allowed.join(', ')}`);
}

function slotsOf(value: string | number | null | undefined, slots: number, file: string): number | null {
  if (value === undefined || value === null || value === 'dynamic') return null;
  if (value === 'fixed') return slots;
  if (typeof value === 'number' && value > 0) return value;
  throw invalid(file, `max_labels_alloc is ${JSON.stringify(value)}, but must be "dynamic", "fixed" or a number`);
}

/** Tokens of a pass: what the config says, else upstream's default, never more than the encoder has positions. */
function maxLengthOf(raw: RawConfig, file: string): number {
  const wanted = raw.max_length ?? upstreamMaxLength;
  if (wanted < fewestTokens)
    throw invalid(file, `max_length is ${wanted}; a pass needs at least ${fewestTokens} tokens`);
  const encoder = raw.encoder_config;
  const positions = encoder?.max_position_embeddings;
  if (positions === undefined || positions === null) return wanted;
  // Relative positions only: any length works (DeBERTa-v2 without position embeddings).
  if (encoder?.model_type === 'deberta-v2' && encoder.position_biased_input === false) return wanted;
  // RoBERTa counts positions from pad_token_id + 1.
  const roberta = ['roberta', 'xlm-roberta', 'camembert'].includes(encoder?.model_type ?? '');
  const usable = roberta ? positions - (encoder?.pad_token_id ?? 1) - 1 : positions;
  if (usable < fewestTokens)
    throw invalid(
      file,
      `encoder_config.max_position_embeddings is ${positions}; a pass needs at least ${fewestTokens} tokens`,
    );
  return Math.min(wanted, usable);
}

function invalid(file: string, what: string): AppError {
  return new AppError('model-config-invalid', `${file}: ${what}. Correct it, or use the config.json of the model.`);
}
