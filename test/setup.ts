import fc from 'fast-check';

// Tests never reach AWS: dummy credentials, no instance metadata, and no advice from the SDK about the Node it runs on.
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// Drawn cases are the same in each run. Others: `TEST_SEED=4711 npm test`.
fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 1) });
