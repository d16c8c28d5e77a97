import { afterEach, describe, expect, test, vi } from 'vitest';
import { childEnvironment } from '../../../src/inference/process/childEnvironment';
import { startDeadline } from '../../../src/inference/process/deadline';
import { MessageSize } from '../../../src/inference/process/messageSize';
import { nativeLoadError } from '../../../src/inference/process/nativeLoad';
import { PoisonList } from '../../../src/inference/process/poisonList';
import { AppError } from '../../../src/shared/errors';

describe('environment', () => {
  const host = { PATH: '/bin', HOME: '/home/u', systemroot: 'C:\\Windows', NODE_OPTIONS: '-r x', TMP: undefined };
  test('on Unix names are exact', () => {
    expect(childEnvironment({ ...host, home: 'x' }, 'linux')).toEqual({ HOME: '/home/u', ELECTRON_RUN_AS_NODE: '1' });
  });
  test('lets through what a child needs, and nothing else of a host as it is', () => {
    const needed = [
      ...['HOME', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'],
      ...['LD_LIBRARY_PATH', 'NIX_LD', 'NIX_LD_LIBRARY_PATH', 'SystemRoot', 'SystemDrive', 'USERPROFILE', 'windir'],
    ];
    const refused = [
      ...['PATH', 'NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'LD_PRELOAD', 'DYLD_INSERT_LIBRARIES'],
      ...['HTTP_PROXY', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY'],
      ...['SSH_AUTH_SOCK', 'VSCODE_IPC_HOOK', 'ELECTRON_NO_ASAR'],
    ];
    const all = Object.fromEntries([...needed, ...refused].map((name) => [name, 'x']));
    expect(Object.keys(childEnvironment(all, 'linux')).sort()).toEqual([...needed, 'ELECTRON_RUN_AS_NODE'].sort());
  });
  test('on Windows they may be spelled in any case', () => {
    expect(childEnvironment(host, 'win32')).toEqual({
      HOME: '/home/u',
      systemroot: 'C:\\Windows',
      ELECTRON_RUN_AS_NODE: '1',
    });
  });
});

describe('poison list', () => {
  test('the second death counts, a success in between clears', () => {
    const list = new PoisonList();
    expect(list.blame('a')).toBe(false);
    list.clear('a');
    expect([list.blame('a'), list.isPoison('a'), list.blame('a'), list.isPoison('a')]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(list.isPoison('b')).toBe(false);
    list.reset();
    expect(list.isEmpty).toBe(true);
  });
  test('it stays bounded', () => {
    const list = new PoisonList();
    list.blame('first');
    list.blame('first');
    for (let index = 0; index < 10_000; index++) list.blame(`${index}`);
    expect(list.isPoison('first')).toBe(false);
    expect(list.blame('9999')).toBe(true);
  });
});

describe('message size', () => {
  test('follows the measured speed within its bounds', () => {
    const size = new MessageSize(500);
    expect(size.characters).toBe(32_000);
    size.measured(32_000, 320);
    expect(size.characters).toBe(50_000);
    size.measured(1_000_000, 1);
    expect(size.characters).toBe(512_000);
    for (let round = 0; round < 50; round++) size.measured(100, 10_000);
    expect(size.characters).toBe(16_000);
  });
});

describe('native library errors', () => {
  const broken = Object.assign(new Error("libonnxruntime.so.1: version `GLIBC_2.28' not found\nmore"), {
    code: 'ERR_DLOPEN_FAILED',
  });
  test('raw or wrapped, they name platform, cause and remedy', () => {
    const wrapped = new AppError('native-load-failed', 'The tokenizer cannot be loaded.', { cause: broken });
    for (const error of [broken, wrapped]) {
      expect(nativeLoadError(error, 'linux')).toMatchObject({
        code: 'native-load-failed',
        message: expect.stringMatching(/\(linux-\w+\): .*GLIBC_2.28' not found\. It needs .* glibc/) as string,
      });
    }
    expect(nativeLoadError(broken, 'win32')?.message).toContain('Visual C++');
  });
  test('others are none of them', () => {
    expect(nativeLoadError(new Error('x'), 'linux')).toBeUndefined();
    expect(nativeLoadError(new AppError('model-missing', 'x'), 'linux')).toBeUndefined();
    expect(
      nativeLoadError(Object.assign(new Error("Cannot find module 'x'"), { code: 'MODULE_NOT_FOUND' })),
    ).toBeUndefined();
  });
});

describe('deadline', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  test('fires in time, unless called off', () => {
    vi.useFakeTimers();
    const missed = vi.fn();
    startDeadline(100, missed);
    startDeadline(100, missed)();
    vi.advanceTimersByTime(99);
    expect(missed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(missed).toHaveBeenCalledOnce();
  });
  test('begins anew if the host itself was away', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const missed = vi.fn();
    startDeadline(100, missed);
    now = 5000;
    vi.advanceTimersByTime(100);
    expect(missed).not.toHaveBeenCalled();
    now = 5100;
    vi.advanceTimersByTime(100);
    expect(missed).toHaveBeenCalledOnce();
  });
});
