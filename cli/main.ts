import { homeostat } from './program';

// Whoever reads the output may stop reading, as `head` does: then there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

void homeostat(process.argv.slice(2));
