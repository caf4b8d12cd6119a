// Print the words that the page never asks for: where its code hands over a `Word`, the type of what stands
// there names those that it can be.

import { readFileSync } from "node:fs";
import ts from "typescript";

const words = new Set(Object.keys(JSON.parse(readFileSync("src/words/en.json", "utf8"))));
const config = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();
const members = (type) => (type?.isUnion() ? type.types : type ? [type] : []);
const isAnyWord = (type) => members(type).length === words.size && members(type).every((one) => words.has(one.value));
const used = new Set();

function visit(node) {
  if (ts.isExpression(node) && isAnyWord(checker.getContextualType(node))) {
    const type = checker.getTypeAtLocation(node);
    if (!isAnyWord(type)) for (const one of members(type)) used.add(one.value);
  }
  ts.forEachChild(node, visit);
}

for (const file of program.getSourceFiles()) if (!file.fileName.includes("node_modules")) visit(file);
console.log(JSON.stringify([...words].filter((word) => !used.has(word))));
