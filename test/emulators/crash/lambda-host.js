// Loads a bundle as Lambda does, and calls its handlers: a process of its own, so that it can be killed in the middle.
// Its clock is set with each call. Nothing else of the bundle is changed.
const { join } = require('node:path');

const RealDate = Date;
let ahead = 0;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + ahead] : given));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

const bundle = require(join(process.argv[2], 'index.js'));
// A function is given two minutes. What is measured here is not time.
const context = { getRemainingTimeInMillis: () => 120_000 };

process.on('message', async ({ call, handler, event, now }) => {
  ahead = now - RealDate.now();
  try {
    process.send({ call, result: (await bundle[handler](event, context)) ?? null });
  } catch (error) {
    process.send({ call, error: `${error.name}: ${error.message}` });
  }
});
process.send('ready');
