// Objects of JSON and JSON Lines as documents: those with a text under one field. Walks the tokens, so that no tree is built.
import { createScanner } from 'jsonc-parser';
import { ExcerptBuilder, type Excerpt } from '../../core/excerpt';
import { addLiteral, type Literal } from './jsonText';
import { SplitRefusal } from './parts';

/** SyntaxKind of jsonc-parser, whose enum is not there at run time. */
const kind = {
  openObject: 1,
  closeObject: 2,
  openArray: 3,
  closeArray: 4,
  comma: 5,
  colon: 6,
  string: 10,
  end: 17,
} as const;
/** Comments, which JSON does not have, and what is no token. */
const wrong: ReadonlySet<number> = new Set([12, 13, 16]);

export interface JsonShape {
  /** `lines`: one object after another; `array`: the objects of an array, which is the file or stands in the file's object. */
  readonly documents: 'lines' | 'array';
  readonly field: string;
  /** The array's key in the file's object; any where it is absent. */
  readonly within?: string;
  /** What the parts are called: `line`, `item`, `cell`. */
  readonly word: string;
}

export function* jsonObjects(text: string, shape: JsonShape): Generator<Excerpt, void, undefined> {
  const walk = new JsonWalk(text, shape);
  let last = 0;
  for (const found of walk.objects()) {
    // Parts are known by their number: the second object of a line would take the place of the first.
    if (found.number === last)
      throw new SplitRefusal(`line ${last} holds more than one object. Write each in a line of its own`);
    last = found.number;
    const builder = new ExcerptBuilder();
    for (const literal of found.literals) addLiteral(builder, text, literal);
    const { text: read, runs } = builder;
    const name = `${shape.word} ${found.number}`;
    if (read.trim() !== '') yield { key: name.replace(' ', '-'), name, text: read, runs, given: [] };
  }
  if (walk.count === 0)
    throw new SplitRefusal(shape.documents === 'lines' ? 'it holds no JSON objects' : 'it holds no array of objects');
  if (!walk.hasField)
    throw new SplitRefusal(`none of its objects has a text under “${shape.field}”. Name another field`);
}

interface FoundObject {
  readonly number: number;
  readonly literals: readonly Literal[];
}

class JsonWalk {
  count = 0;
  hasField = false;
  private readonly scanner;
  private readonly open: ('{' | '[')[] = [];
  private line = 1;
  private counted = 0;
  private rootKey: string | null = null;
  private literals: Literal[] = [];

  constructor(
    private readonly text: string,
    private readonly shape: JsonShape,
  ) {
    this.scanner = createScanner(text, true);
  }

  *objects(): Generator<FoundObject, void, undefined> {
    const { scanner, open } = this;
    let key: Literal | null = null;
    let keyName: string | null = null;
    for (let token: number = scanner.scan(); token !== kind.end; token = scanner.scan()) {
      const error: number = scanner.getTokenError();
      if (wrong.has(token) || error !== 0) this.refuse();
      switch (token) {
        case kind.openObject:
        case kind.openArray:
          open.push(token === kind.openObject ? '{' : '[');
          if (this.isDocument) {
            this.literals = [];
            keyName = null;
            this.count++;
            this.countLines();
          }
          key = null;
          break;
        case kind.closeObject:
        case kind.closeArray:
          if (token === kind.closeObject && this.isDocument) yield { number: this.number, literals: this.literals };
          if (open.pop() !== (token === kind.closeObject ? '{' : '[')) this.refuse();
          key = null;
          break;
        case kind.string:
          key = { offset: scanner.getTokenOffset(), length: scanner.getTokenLength() };
          if (this.isDocument ? keyName === this.shape.field : this.inList(keyName)) {
            this.literals.push(key);
            this.hasField = true;
          }
          break;
        case kind.colon:
          if (key === null) this.refuse();
          keyName = this.isDocument || open.length === 1 ? scannedName(this.text, key) : keyName;
          if (open.length === 1 && open[0] === '{') this.rootKey = keyName;
          break;
        case kind.comma:
          if (open.at(-1) === '{' && (this.isDocument || open.length === 1)) keyName = null;
          break;
        default:
      }
    }
    if (open.length > 0) this.refuse();
  }

  private get isDocument(): boolean {
    return this.open.length === this.depth && this.isInside;
  }

  /** Inside an array under the field: `source` of a notebook's cell is a list of lines. */
  private inList(keyName: string | null): boolean {
    return (
      this.open.length === this.depth + 1 && this.open.at(-1) === '[' && keyName === this.shape.field && this.isInside
    );
  }

  private get depth(): number {
    return this.shape.documents === 'lines' ? 1 : this.open[0] === '[' ? 2 : 3;
  }

  private get isInside(): boolean {
    const { open } = this;
    const { documents, within } = this.shape;
    if (documents === 'lines') return open[0] === '{';
    if (open[0] === '[') return within === undefined && open[1] === '{';
    return open[1] === '[' && open[2] === '{' && (within === undefined || within === this.rootKey);
  }

  private get number(): number {
    return this.shape.documents === 'lines' ? this.line : this.count;
  }

  private countLines(): void {
    const to = this.scanner.getTokenOffset();
    // Never looking behind it: a file of one long line has many objects.
    for (; this.counted < to; this.counted++) if (this.text.charCodeAt(this.counted) === 10) this.line++;
  }

  private refuse(): never {
    this.countLines();
    throw new SplitRefusal(`line ${this.line} is not valid JSON. Correct the file, or take it out of the rule's glob`);
  }
}

function scannedName(text: string, { offset, length }: Literal): string {
  return JSON.parse(text.slice(offset, offset + length)) as string;
}
