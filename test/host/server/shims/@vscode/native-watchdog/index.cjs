// Stands in for @vscode/native-watchdog: ends the extension host when the server is gone.
const { setInterval } = require('node:timers');

const pollMs = 1000;

module.exports.start = (parent) => {
  const watch = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  };
  setInterval(watch, pollMs).unref();
};
