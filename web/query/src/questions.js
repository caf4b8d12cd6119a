// The ready questions: a form made of a question's parameters, whose SPARQL the server puts together.
const ACTORS = `PREFIX polkg: <https://w3id.org/polkg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?name WHERE { ?class rdfs:subClassOf+ polkg:Actor . ?actor a ?class ; rdfs:label ?name } ORDER BY ?name LIMIT 5000`;

export function questions(known, { here, endpoint, fill }) {
  const select = document.getElementById("question");
  const about = document.getElementById("about");
  const parameters = document.getElementById("parameters");
  const problem = document.getElementById("problem");
  for (const question of known.questions) select.append(new Option(question.title, question.name));
  const chosen = () => known.questions.find(({ name }) => name === select.value);

  const draw = () => {
    about.textContent = chosen().description;
    problem.textContent = "";
    parameters.replaceChildren(...chosen().parameters.map(field));
  };
  select.addEventListener("change", draw);
  draw();

  const ask = async (run) => {
    problem.textContent = "";
    const url = new URL(here(`questions/${chosen().name}/text`));
    for (const input of parameters.querySelectorAll("input")) {
      if (input.value.trim()) url.searchParams.set(input.name, input.value.trim());
    }
    const answer = await fetch(url);
    if (answer.ok) fill(await answer.text(), { run });
    else problem.textContent = await answer.text();
  };
  const fail = (error) => {
    problem.textContent = error.message;
  };
  document.getElementById("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(true).catch(fail);
  });
  document.getElementById("show").addEventListener("click", () => {
    if (document.getElementById("ask").reportValidity()) ask(false).catch(fail);
  });
  offer(document.getElementById("relations"), known.relations);
  actors(endpoint).then((names) => offer(document.getElementById("actors"), names)).catch(fail);
}

function field(parameter) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = parameter.required ? `${parameter.name} (required)` : parameter.name;
  const input = document.createElement("input");
  input.name = parameter.name;
  input.required = parameter.required;
  input.placeholder = parameter.default ?? "";
  if (parameter.type === "actor") input.setAttribute("list", "actors");
  if (parameter.type === "relation") input.setAttribute("list", "relations");
  if (parameter.type === "integer") input.inputMode = "numeric";
  if (parameter.type === "date") input.pattern = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
  const hint = document.createElement("small");
  hint.textContent = parameter.description;
  label.append(name, input, hint);
  return label;
}

async function actors(endpoint) {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
    body: ACTORS,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).results.bindings.map(({ name }) => name.value);
}

function offer(list, values) {
  list.replaceChildren(...[...new Set(values)].map((value) => new Option(value, value)));
}
