require('./typescript');
require('../bench/main.ts');
