import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/** What one file declares at its top, and what it takes from other files of ours. */
interface Module {
  readonly declarations: ReadonlyMap<string, ts.Node>;
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
  readonly root: ts.SourceFile;
}

const modules = new Map<string, Module>();

function moduleAt(file: string): Module {
  const known = modules.get(file);
  if (known) return known;
  const root = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const module = {
    declarations: new Map(root.statements.flatMap(declarationsIn)),
    imports: new Map(root.statements.flatMap((statement) => importsIn(statement, file))),
    root,
  };
  modules.set(file, module);
  return module;
}

function declarationsIn(statement: ts.Statement): (readonly [string, ts.Node])[] {
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [[statement.name.text, statement]] : [];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer ? [[name.text, initializer] as const] : [],
  );
}

function importsIn(statement: ts.Statement, file: string): (readonly [string, { file: string; name: string }])[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const from = join(dirname(file), `${statement.moduleSpecifier.text}.ts`);
  const bindings = statement.importClause?.namedBindings;
  if (!statement.moduleSpecifier.text.startsWith('.') || !existsSync(from)) return [];
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => [
    name.text,
    { file: from, name: (propertyName ?? name).text },
  ]);
}

/** `aws.rds.describeEvents`, or `aws['application-autoscaling'].describeScalableTargets`, as an action; undefined for anything else. */
function actionOf(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const { expression: of, name } = node;
  const service = serviceOf(of);
  return service && `${service}:${name.text.charAt(0).toUpperCase()}${name.text.slice(1)}`;
}

function serviceOf(node: ts.Expression): string | undefined {
  const isOfAws = (of: ts.Expression): boolean => ts.isIdentifier(of) && of.text === 'aws';
  if (ts.isPropertyAccessExpression(node)) return isOfAws(node.expression) ? node.name.text : undefined;
  if (!ts.isElementAccessExpression(node) || !isOfAws(node.expression)) return undefined;
  return ts.isStringLiteral(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

/** Whether the identifier only labels something and refers to nothing. */
function isLabel(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}

/** Actions of AWS that the code of a file can come to call, by itself or by what it imports: never fewer than those. */
export function reach(file: string): ReadonlySet<string> {
  const actions = new Set<string>();
  const visited = new Set<ts.Node>();
  const visit = (node: ts.Node, module: Module): void => {
    if (visited.has(node) || ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    visited.add(node);
    const action = actionOf(node);
    if (action) actions.add(action);
    if (ts.isIdentifier(node) && !isLabel(node)) follow(node.text, module);
    ts.forEachChild(node, (child) => {
      visit(child, module);
    });
  };
  const follow = (name: string, module: Module): void => {
    const here = module.declarations.get(name);
    if (here) visit(here, module);
    const elsewhere = module.imports.get(name);
    if (elsewhere) follow(elsewhere.name, moduleAt(elsewhere.file));
  };
  const module = moduleAt(file);
  visit(module.root, module);
  return actions;
}
