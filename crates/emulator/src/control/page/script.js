// Keeps the control page current without reloading. Everything here also works without it, by forms.
//
// The page is fetched again while somebody looks, and the difference is put into the page that is there: what has the
// focus keeps it, what is being filled in is left alone, what was opened stays open.

const INTERVAL = 1000; // ms between looks
const PATIENCE = 5000; // ms between looks while the emulator does not answer

const main = document.getElementById("main");
const done = document.getElementById("done");
const refused = document.getElementById("refused");
const lost = document.getElementById("lost");

let tag = null;
let timer = null;
let look = 0; // counts looks, so that an old answer does not undo a newer one

/** The ledger's filter, from the address; what an act told is not part of it. */
function filter() {
  const asked = new URLSearchParams(location.search);
  asked.delete("done");
  return asked.toString();
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++look;
  let wait = INTERVAL;
  try {
    const headers = tag ? { "if-none-match": tag } : {};
    const answer = await fetch(`/emulator/control?${filter()}`, { headers, cache: "no-store" });
    if (mine !== look) return;
    if (answer.status === 200) {
      tag = answer.headers.get("etag");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== look) return;
      show(page);
    } else if (answer.status !== 304) {
      throw new Error(`the emulator answered ${answer.status}`);
    }
    say(lost, "");
  } catch {
    if (mine !== look) return;
    wait = PATIENCE;
    say(lost, "The emulator does not answer. What you see may be old.");
  }
  if (!document.hidden) timer = setTimeout(refresh, wait);
}

/** A live region speaks when its text changes, so it must not change without need. */
function say(region, text) {
  if (region.textContent !== text) region.textContent = text;
}

function show(page) {
  const focused = document.activeElement;
  const section = focused?.closest?.("section");
  merge(main, page.getElementById("main"));
  keepTime();
  // What had the focus is gone, such as the button of a removed row: go on where it was.
  if (focused && focused !== document.body && !focused.isConnected && section?.isConnected) {
    const title = section.querySelector("h2");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }
}

/** Makes `old` look like `fresh`, touching only what differs. */
function merge(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !kept(old, name)) old.setAttribute(name, value);
  }
  if (old.id === "now" || old.id === "defect-hint") return; // written here
  const rest = [...old.childNodes];
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const at = rest.findIndex((one) => alike(one, child));
    if (at < 0) {
      old.insertBefore(child, place);
      continue;
    }
    const [match] = rest.splice(at, 1);
    if (match === place) {
      place = place.nextSibling;
    } else {
      old.insertBefore(match, place);
    }
    if (match.nodeType === Node.ELEMENT_NODE) {
      if (!match.isEqualNode(child)) merge(match, child);
    } else if (match.data !== child.data) {
      match.data = child.data;
    }
  }
  for (const gone of rest) gone.remove();
}

/** What the reader has set rather than the server. */
function kept(node, name) {
  return (node.tagName === "DETAILS" && name === "open")
    || (["value", "checked", "selected"].includes(name) && node.type !== "hidden" && node.tagName !== "BUTTON")
    || (node.tagName === "H2" && name === "tabindex");
}

function alike(one, other) {
  if (one.nodeType !== other.nodeType) return false;
  if (one.nodeType !== Node.ELEMENT_NODE) return true;
  return one.tagName === other.tagName
    && one.id === other.id
    && one.dataset.key === other.dataset.key
    && one.getAttribute("action") === other.getAttribute("action");
}

// The time goes on between looks.
const now = () => document.getElementById("now");
let told = null; // what the server said, and when

function keepTime() {
  const { now: said, paused } = now().dataset;
  if (told?.said !== said || told?.paused !== paused) {
    told = { said, paused, heard: performance.now() };
  }
  const passed = told.paused === "true" ? 0 : performance.now() - told.heard;
  const instant = new Date(Number(told.said) + passed);
  if (Number.isNaN(instant.getTime())) return; // beyond what a browser can show
  const text = instant.toISOString();
  const time = now().querySelector("time");
  if (time.dateTime !== text) {
    time.dateTime = text;
    time.textContent = text.slice(0, -5).replace("T", " ");
  }
}

/** Submits a form and says what came of it, without leaving the page. */
async function submit(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  button?.setAttribute("aria-disabled", "true");
  say(done, "");
  say(refused, "");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    say(done, page.getElementById("done")?.textContent ?? "");
    const otherwise = answer.ok ? "" : `Not done: the emulator answered ${answer.status}.`;
    say(refused, page.getElementById("refused")?.textContent || otherwise);
    if (answer.ok && form.dataset.clears !== undefined) form.reset();
  } catch {
    say(refused, "Not done: the emulator does not answer.");
  }
  button?.removeAttribute("aria-disabled");
  tag = null;
  await refresh();
}

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (submitter?.getAttribute("aria-disabled") === "true") return;
  if (form.method === "get") {
    const asked = new URLSearchParams(new FormData(form));
    history.replaceState(null, "", `?${asked}#ledger`);
    tag = null;
    refresh();
  } else {
    submit(form, submitter);
  }
});

// A filter is chosen, not typed, so it needs no button.
addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.id === "filter") form.requestSubmit();
  if (event.target.id === "defect") explainDefect();
});

/** What the chosen defect does; the list cuts it off where the page is narrow. */
function explainDefect() {
  const chosen = document.getElementById("defect").selectedOptions[0];
  const meaning = chosen?.textContent.replace(/^[^:]*: /, "") ?? "";
  say(document.getElementById("defect-hint"), meaning);
}

// A number that is typed is the one that is meant.
addEventListener("input", (event) => {
  const choice = event.target.closest(".when .choice")?.querySelector("input[type=radio]");
  if (choice && event.target !== choice) choice.checked = true;
});

addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else refresh();
});

// What an act told is told once, not at every reload.
if (new URLSearchParams(location.search).has("done")) {
  history.replaceState(null, "", `${location.pathname}?${filter()}${location.hash}`);
}
explainDefect();
keepTime();
setInterval(() => document.hidden || keepTime(), 250);
refresh();
