// One thread of `homeostat simulate`. A planted bug is put into the text of its file, before that is compiled as any other.
const Module = require('node:module');
const { workerData } = require('node:worker_threads');

const { patch } = workerData ?? {};
if (patch) {
  const load = Module._extensions['.ts'] ?? Module._extensions['.js'];
  // Set before the compiler's own: what is set last sees a file first, and its text last.
  Module._extensions['.ts'] = (module, file) => {
    if (file === patch.file) {
      const compile = module._compile;
      module._compile = (_text, name) => {
        module._compile = compile;
        return module._compile(patch.text, name);
      };
    }
    load(module, file);
  };
}

require('./typescript');
require('../proof/campaign/worker.ts');
