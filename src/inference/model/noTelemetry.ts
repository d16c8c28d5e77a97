// ONNX Runtime (1.29 and later, on Linux and macOS) keeps and sends events about models and sessions unless it is told not to before it is
// loaded: https://github.com/microsoft/onnxruntime/pull/27379. GLiTag sends nothing. On Windows events are the system's (ETW), with no such switch.

/** To be called before the native library is loaded: it looks once. In a process's main thread, since what threads set is their own. */
export function withoutTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
