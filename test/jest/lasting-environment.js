const { TestEnvironment } = require('jest-environment-node');

let lasting;

/**
 * One global scope for all test files of a worker, where Jest makes one for each. What is loaded once can then serve them all: a class
 * of one scope is no `instanceof` of another. Test files set nothing global; what is spied on or faked is put back after each.
 */
module.exports = class LastingEnvironment extends TestEnvironment {
  constructor(...asked) {
    if (lasting !== undefined) return lasting;
    super(...asked);
    this.exit = this.global.process.exit;
    this.symbols = new Set(Object.getOwnPropertySymbols(this.global));
    lasting = this;
  }

  // Jest would take the scope apart here.
  async teardown() {
    this.fakeTimersModern.useRealTimers();
    // Jest wraps it anew for each file.
    this.global.process.exit = this.exit;
    // Under symbols Jest's own parts keep their state: the handlers of this file would hear of the tests of the next.
    for (const symbol of Object.getOwnPropertySymbols(this.global)) {
      if (!this.symbols.has(symbol)) Reflect.deleteProperty(this.global, symbol);
    }
  }
};
