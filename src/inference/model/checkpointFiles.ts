// Weights of PyTorch, which GLiTag trains and exports, and does not run.

/** @param name File name, without folders. */
export function isCheckpointFile(name: string): boolean {
  return /^(model.*\.safetensors|pytorch_model.*\.bin)$/u.test(name);
}
