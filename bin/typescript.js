// Lets Node run the sources as they are, so that a clone needs no build: each file is turned into JavaScript as it is loaded.
const { register } = require('@swc-node/register/register');
const { ModuleKind, ScriptTarget } = require('typescript');

// The SDK's advice about the Node that it runs on is not for those who type a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register({ module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true });
