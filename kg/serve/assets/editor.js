// The query editor: sends the text to /sparql and shows rows as a table, triples as text.
const query = document.getElementById("query");
const examples = document.getElementById("examples");
const status = document.getElementById("status");
const answer = document.getElementById("answer");

function cell(row, tag, text, href) {
  const made = row.appendChild(document.createElement(tag));
  const holder = href ? made.appendChild(document.createElement("a")) : made;
  if (href) holder.href = href;
  if (tag === "th") made.scope = "col";
  holder.textContent = text;
}

function table(results) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of results.head.vars) cell(head, "th", name);
  const body = made.createTBody();
  for (const binding of results.results.bindings) {
    const row = body.insertRow();
    for (const name of results.head.vars) {
      const term = binding[name];
      const web = term?.type === "uri" && /^https?:/.test(term.value);
      cell(row, "td", term?.value ?? "", web ? term.value : null);
    }
  }
  return made;
}

async function run() {
  status.textContent = "Running…";
  answer.replaceChildren();
  const started = performance.now();
  const response = await fetch("/sparql", {
    method: "POST",
    headers: {
      "Content-Type": "application/sparql-query",
      Accept: "application/sparql-results+json, text/turtle;q=0.9",
    },
    body: query.value,
  });
  const text = await response.text();
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  if (response.ok && response.headers.get("content-type").includes("json")) {
    const results = JSON.parse(text);
    if ("boolean" in results) {
      status.textContent = `${results.boolean ? "Yes" : "No"}, in ${seconds} s`;
      return;
    }
    status.textContent = `${results.results.bindings.length} rows in ${seconds} s`;
    answer.append(table(results));
    return;
  }
  status.textContent = response.ok ? `in ${seconds} s` : `Refused (${response.status})`;
  answer.appendChild(document.createElement("pre")).textContent = text;
}

document.getElementById("run").addEventListener("click", run);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
examples.addEventListener("change", () => {
  if (examples.value) query.value = examples.value;
});
