// The live feed. The page holds the newest alerts and the place to resume from; the stream goes on exactly there.
// Rows come ready-made from the server, in the reader's language. Without this script the page is a plain list.
"use strict";

(() => {
  const MOST_ROWS = 300; // Older rows leave the page: it stays quick however long it is open.
  const ANNOUNCE_MS = 3000; // A screen reader hears a summary this often at most, not every line of a burst.
  const FIRST_PAUSE_MS = 1000;
  const LONGEST_PAUSE_MS = 15000;

  const list = document.getElementById("feed");
  const empty = document.getElementById("feed-empty");
  const announcer = document.getElementById("announce");
  const pill = document.getElementById("connection");
  const pillText = document.getElementById("connection-text");
  const pauseButton = document.getElementById("pause");
  const texts = JSON.parse(document.getElementById("feed-texts").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const seen = new Set([...list.querySelectorAll("[data-alert-id]")].map((row) => row.dataset.alertId));
  let waiting = []; // Rows held back while the reader has paused the list, oldest first.
  let paused = false;
  let unannounced = 0;
  let latestTitle = "";
  let timer = 0;
  let state = "connecting";

  function show(next) {
    state = next ?? state;
    const shown = paused && state === "live" ? "paused" : state;
    pill.dataset.state = shown;
    if (pillText.textContent !== texts[shown]) pillText.textContent = texts[shown];
  }

  function announce(title) {
    unannounced += 1;
    latestTitle = title;
    timer ||= setTimeout(() => {
      announcer.textContent = fill(texts.announce, { count: unannounced, title: latestTitle });
      unannounced = 0;
      timer = 0;
    }, ANNOUNCE_MS);
  }

  function insert(rows) {
    const fragment = document.createDocumentFragment();
    for (const row of rows) fragment.prepend(row);
    list.prepend(fragment);
    empty.hidden = true;
    while (list.children.length > MOST_ROWS) list.lastElementChild.remove();
  }

  function take(event) {
    const alert = JSON.parse(event.data);
    if (seen.has(alert.alert_id)) return;
    seen.add(alert.alert_id);
    const template = document.createElement("template");
    template.innerHTML = alert.row;
    const row = template.content.querySelector("li");
    row.classList.add("new");
    if (paused) {
      waiting.push(row);
      label();
    } else {
      insert([row]);
      announce(row.querySelector(".alert-title").textContent);
    }
  }

  function label() {
    pauseButton.textContent = paused ? fill(texts.resume, { count: waiting.length }) : texts.pause;
    pauseButton.setAttribute("aria-pressed", String(paused));
  }

  pauseButton.addEventListener("click", () => {
    paused = !paused;
    if (!paused) {
      insert(waiting);
      waiting = [];
    }
    label();
    show();
  });

  let source = null;
  let pause = FIRST_PAUSE_MS;
  let place = ""; // The last resume token. A browser that reconnects by itself sends it too; a new source would not.

  function connect() {
    const address = new URL(list.dataset.events, location.href);
    if (place) address.searchParams.set("resume", place);
    const stream = new EventSource(address);
    source = stream;
    stream.addEventListener("connection", (event) => {
      pause = FIRST_PAUSE_MS;
      show(JSON.parse(event.data).state);
    });
    stream.addEventListener("alert", (event) => {
      place = event.lastEventId;
      take(event);
    });
    stream.addEventListener("problem", () => {
      stream.close();
      show("stopped");
    });
    stream.addEventListener("error", async () => {
      show("lost");
      if (stream.readyState !== EventSource.CLOSED) return; // The browser reconnects by itself.
      // It does not after an HTTP error. A refusal stands; anything else may pass.
      stream.close();
      const answer = await fetch(address).catch(() => null);
      answer?.body?.cancel();
      if (answer?.status === 401 || answer?.status === 403) return show("stopped");
      setTimeout(connect, pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    });
  }

  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) connect(); // Back from the browser's page cache.
  });

  pill.parentElement.hidden = false;
  connect();
})();
