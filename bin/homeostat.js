#!/usr/bin/env node
require('./typescript');
require('../cli/main.ts');
