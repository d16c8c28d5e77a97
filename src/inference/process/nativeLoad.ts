// Recognises that the native library of ONNX Runtime does not load on this machine, and says what helps.
import { AppError } from '../../shared/errors';

/** The error in words that help on this platform, if it is about loading the native library; else undefined. */
export function nativeLoadError(error: unknown, platform: string = process.platform): AppError | undefined {
  const isNamed = error instanceof AppError && error.code === 'native-load-failed';
  // Several libraries load the native one; whichever came first has wrapped the cause in its own words.
  const cause = isNamed && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error) || (!isNamed && !isAboutLoading(cause))) return undefined;
  const what = (cause.message.split('\n')[0] ?? '').trim().replace(/\.$/, '');
  return new AppError(
    'native-load-failed',
    `ONNX Runtime cannot be loaded on this machine (${platform}-${process.arch}): ${what}. ${adviceFor(platform)}`,
    { cause },
  );
}

function isAboutLoading(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'ERR_DLOPEN_FAILED' || (code === 'MODULE_NOT_FOUND' && error.message.includes('onnxruntime'));
}

/** Requirements of onnxruntime-node 1.30: glibc 2.28, no build for musl or for Macs with Intel processors. */
function adviceFor(platform: string): string {
  switch (platform) {
    case 'linux':
      return 'It needs a system with glibc 2.28 or later, such as Debian 10 or RHEL 8; there is none for Alpine Linux.';
    case 'win32':
      return 'Install the current Microsoft Visual C++ Redistributable, then reload the window.';
    case 'darwin':
      return 'It needs a Mac with Apple silicon and the GLiTag package for it.';
    default:
      return 'Install the GLiTag package for this platform.';
  }
}
