// Prints what graphology reads in a GEXF file: `node read_gexf.mjs FILE`, in a folder with the packages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { MultiDirectedGraph } = require("graphology");
const { DOMParser } = require("@xmldom/xmldom");
const gexf = require("graphology-gexf");

const text = readFileSync(process.argv[2], "utf8");
const faults = [];
new DOMParser({ errorHandler: (level, message) => faults.push(`${level}: ${message}`) }).parseFromString(text);
const graph = gexf.parse(MultiDirectedGraph, text, { addMissingNodes: false, allowUndeclaredAttributes: false });
const nodes = graph.mapNodes((key, attributes) => ({ key, attributes }));
const edges = graph.mapEdges((key, attributes, source, target) => ({ key, source, target, attributes }));
process.stdout.write(JSON.stringify({ faults, nodes, edges }));
