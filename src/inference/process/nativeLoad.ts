// Recognises that the native library of ONNX Runtime does not load on this machine, and says what helps.
import { AppError } from '../../shared/errors';

/** The error with advice for this platform, if it is about loading the native library; else undefined. */
export function nativeLoadError(error: unknown, platform: string = process.platform): AppError | undefined {
  if (error instanceof AppError)
    return error.code === 'native-load-failed'
      ? new AppError(error.code, withAdvice(error.message, platform), { cause: error })
      : undefined;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  const isMissing = code === 'MODULE_NOT_FOUND' && error.message.includes('onnxruntime');
  if (code !== 'ERR_DLOPEN_FAILED' && !isMissing) return undefined;
  const [firstLine] = error.message.split('\n');
  const what = `ONNX Runtime cannot be loaded on this machine (${platform}-${process.arch}): ${firstLine ?? ''}.`;
  return new AppError('native-load-failed', withAdvice(what, platform), { cause: error });
}

/** Requirements of onnxruntime-node 1.30: glibc 2.28, no build for musl or for Macs with Intel processors. */
function withAdvice(message: string, platform: string): string {
  const advice =
    {
      linux: 'It needs a system with glibc 2.28 or later, such as Debian 10 or RHEL 8; Alpine Linux has none.',
      win32: 'Install the current Microsoft Visual C++ Redistributable, then reload the window.',
      darwin: 'It needs a Mac with Apple silicon and the GLiTag package for this platform.',
    }[platform] ?? 'Install the GLiTag package for this platform.';
  return `${message} ${advice}`;
}
