const asyncHooks = require('node:async_hooks');
const { isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

let lender;
const compiled = new Map();
const left = new Set();

/** Jest makes one for each test file and leaves it on, and all that are on make every promise slower. */
class StorageOfFile extends asyncHooks.AsyncLocalStorage {
  constructor(...given) {
    super(...given);
    left.add(this);
  }
}

/**
 * Loads packages once for all test files of a worker, where Jest loads them anew for each: that took more time than the tests. It is
 * safe, since packages are code of others that holds no state of ours: clients, schemas and machines are values that our code makes,
 * and our code is loaded anew for each file. No test replaces a package or changes one.
 */
module.exports = class LendingRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, sources, ...others) {
    super(config, environment, resolver, transformer, sources, ...others);
    lender ??= new Runtime(config, environment, resolver, transformer, new Map(), ...others);
    this.#compileOnce();
  }

  requireModule(from, name, options, isActual) {
    const isOfJest = options?.isInternalModule === true;
    if (isOfJest && name === 'node:async_hooks') return { ...asyncHooks, AsyncLocalStorage: StorageOfFile };
    if (name === undefined || isOfJest || /^[./]/.test(name) || isBuiltin(name)) {
      return super.requireModule(from, name, options, isActual);
    }
    return lender.requireModule(from, name);
  }

  teardown() {
    for (const storage of left) storage.disable();
    left.clear();
    return super.teardown();
  }

  /** What is loaded anew, ours and Jest's, is run anew: its text is compiled for the first test file only. */
  #compileOnce() {
    this.executor.compile = (text, file) => {
      const known = compiled.get(file);
      if (known?.text === text) return known.run;
      // By the one that lasts: what is compiled holds on to all that its runtime has loaded.
      const run = lender.executor.compile(text, file);
      compiled.set(file, { text, run });
      return run;
    };
  }
};
