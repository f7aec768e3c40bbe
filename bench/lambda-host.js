// Runs a function as Lambda does: loads it and hands it batches. JavaScript as it is, so that nothing else is loaded with it.
//   node lambda-host.js INDEX BATCH   one batch, from a file
//   node lambda-host.js INDEX         batches as they come from the parent, each with the time that it is
const [, , index, batch] = process.argv;
const context = { getRemainingTimeInMillis: () => 60_000 };

if (batch) {
  // Where nobody outside can read what this process has used, it is asked.
  if (process.send) process.on('message', () => process.send(process.cpuUsage()));
  const { work } = require(index);
  void work(JSON.parse(require('node:fs').readFileSync(batch, 'utf8')), context);
} else {
  const realNow = Date.now;
  let ahead = 0;
  Date.now = () => realNow() + ahead;
  const { work } = require(index);
  process.on('message', async ({ now, batch: given }) => {
    if (now) ahead = now - realNow();
    const began = process.hrtime.bigint();
    const answer = await work(given, context);
    const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
    const { user, system } = process.cpuUsage();
    process.send({ answer, milliseconds, cpuOfProcess: (user + system) / 1_000 });
  });
  process.send('ready');
}
