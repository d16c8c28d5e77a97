// How large an environment is: measured with this build's requirements.txt, and rounded up.
import fs from 'node:fs';

export interface InstallSize {
  /** At most. */
  readonly downloadBytes: number;
  /** At most. */
  readonly diskBytes: number;
}

const linux: InstallSize = { downloadBytes: 3.2e9, diskBytes: 6.4e9 };

/** PyTorch for Linux brings CUDA's libraries, unless its packages without them can be had (installPackages). */
const sizes: Readonly<Partial<Record<NodeJS.Platform, InstallSize>>> = {
  darwin: { downloadBytes: 0.3e9, diskBytes: 1.2e9 },
  win32: { downloadBytes: 0.3e9, diskBytes: 1.2e9 },
};

export function installSize(): InstallSize {
  return sizes[process.platform] ?? linux;
}

export function hasNvidiaGpu(): boolean {
  return fs.existsSync('/proc/driver/nvidia/version');
}
