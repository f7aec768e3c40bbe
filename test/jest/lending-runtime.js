const { isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

let lender;

/**
 * Loads packages once for all test files of a worker, where Jest loads them anew for each: that took more time than the tests. It is
 * safe, since packages are code of others that holds no state of ours: clients, schemas and machines are values that our code makes,
 * and our code is loaded anew for each file. No test replaces a package or changes one.
 */
module.exports = class LendingRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, sources, ...others) {
    super(config, environment, resolver, transformer, sources, ...others);
    lender ??= new Runtime(config, environment, resolver, transformer, new Map(), ...others);
  }

  requireModule(from, name, options, isActual) {
    const isOfJest = options?.isInternalModule === true;
    if (name === undefined || isOfJest || /^[./]/.test(name) || isBuiltin(name)) {
      return super.requireModule(from, name, options, isActual);
    }
    return lender.requireModule(from, name);
  }
};
