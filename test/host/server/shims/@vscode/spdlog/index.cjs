// Stands in for @vscode/spdlog: writes VS Code's log files, without rotation.
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const methods = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  level = 2;
  plain = false;

  constructor(file) {
    this.file = file;
  }

  setLevel(level) {
    this.level = level;
  }

  getLevel() {
    return this.level;
  }

  clearFormatters() {
    this.plain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}

  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    try {
      fs.appendFileSync(this.file, this.plain ? message : `${time} [${names[level]}] ${message}\n`);
    } catch {
      // The profile is being removed at the end of a run.
    }
  }
}

methods.forEach((method, level) => {
  Logger.prototype[method] = function log(message) {
    this.write(level, message);
  };
});

async function createLogger(_name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(file);
}

const nothing = () => {};

// One by one: VS Code imports them by name, and Node finds the names only so.
module.exports.version = 0;
module.exports.Logger = Logger;
module.exports.createRotatingLogger = createLogger;
module.exports.createAsyncRotatingLogger = createLogger;
module.exports.setLevel = nothing;
module.exports.setFlushOn = nothing;
module.exports.shutdown = nothing;
