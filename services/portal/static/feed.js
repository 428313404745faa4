// The live feed. The page holds the newest alerts and the place to resume from; the stream goes on exactly there.
// Rows come ready-made from the server, in the reader's language; feed-lines.js says which share one. However fast
// alerts come, the page changes four times a second at most, and its length is bounded. While the reader has paused
// it or scrolled away nothing moves: a bar says how many are waiting. Without this script the page is a plain list.
"use strict";

(() => {
  const MOST_ROWS = 300; // Older rows leave the page: it stays quick however long it is open.
  const MOST_SEEN = 5000; // Ids remembered: a stream that is taken up again repeats nothing, a page at most.
  const CHANGE_MS = 250;
  const ANNOUNCE_MS = 3000; // A screen reader hears a summary this often at most, not every line of a burst.
  const FIRST_PAUSE_MS = 1000;
  const LONGEST_PAUSE_MS = 15000;

  const list = document.getElementById("feed");
  const empty = document.getElementById("feed-empty");
  const announcer = document.getElementById("announce");
  const pill = document.getElementById("connection");
  const pillText = document.getElementById("connection-text");
  const pauseButton = document.getElementById("pause");
  const bar = document.getElementById("feed-bar");
  const mark = document.getElementById("feed-top");
  const texts = JSON.parse(document.getElementById("feed-texts").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", timeStyle: "medium" });

  const lines = new FeedLines();
  const lineOf = new WeakMap();
  const seen = new Set([...list.querySelectorAll("[data-alert-id]")].map((row) => row.dataset.alertId));
  let fresh = []; // Lines that the page has not yet, oldest first.
  const grown = new Set(); // Lines of the page that have changed.
  let held = 0; // Alerts that are not shown yet.
  let paused = false;
  let away = false; // Scrolled past the top of the list.
  let timer = 0;
  let unannounced = 0;
  let announcing = 0;
  let state = "connecting";

  function show(next) {
    state = next ?? state;
    const shown = paused && state === "live" ? "paused" : state;
    pill.dataset.state = shown;
    if (pillText.textContent !== texts[shown]) pillText.textContent = texts[shown];
  }

  function announce(count, title) {
    unannounced += count;
    if (announcing) return;
    announcing = setTimeout(() => {
      announcer.textContent = fill(texts.announce, { count: unannounced, title });
      unannounced = 0;
      announcing = 0;
    }, ANNOUNCE_MS);
  }

  function take(event) {
    const alert = JSON.parse(event.data);
    if (seen.has(alert.alert_id)) return;
    seen.add(alert.alert_id);
    if (seen.size > MOST_SEEN) seen.delete(seen.values().next().value);
    const line = lines.take(alert, performance.now());
    if (line.count > 1) {
      if (line.row) grown.add(line);
    } else {
      fresh.push(line);
      if (fresh.length > MOST_ROWS) fresh.shift().gone = true;
    }
    held += 1;
    document.dispatchEvent(new CustomEvent("quzhong:alert", { detail: alert }));
    timer ||= setTimeout(change, CHANGE_MS);
  }

  function change() {
    timer = 0;
    if (!paused && !away) release();
    label();
  }

  function release() {
    if (!held) return;
    const newest = fresh.at(-1) ?? [...grown].at(-1);
    const fragment = document.createDocumentFragment();
    for (const line of fresh) fragment.prepend(rowOf(line));
    for (const line of grown) write(line);
    fresh = [];
    grown.clear();
    list.prepend(fragment);
    empty.hidden = true;
    while (list.children.length > MOST_ROWS) {
      const line = lineOf.get(list.lastElementChild);
      if (line) line.gone = true;
      list.lastElementChild.remove();
    }
    if (newest) announce(held, newest.row.querySelector(".alert-title").textContent);
    held = 0;
  }

  function parsed(row) {
    const template = document.createElement("template");
    template.innerHTML = row;
    return template.content.querySelector("li");
  }

  function rowOf(line) {
    line.row = parsed(line.alert.row);
    line.row.classList.add("new");
    lineOf.set(line.row, line);
    if (line.form !== "single") dress(line);
    write(line);
    return line.row;
  }

  // What a line of many has besides: how many, since when, and where each is to be read.
  function dress(line) {
    const { alert, row } = line;
    const query = new URLSearchParams({ rule: alert.rule_id, severity: alert.severity.toLowerCase() });
    if (line.form === "burst") {
      query.set("platform", alert.platform_id);
      query.set("area", alert.area_code);
    } else {
      const title = document.createElement("span");
      title.className = "alert-title";
      title.textContent = row.querySelector(".alert-title").textContent;
      row.querySelector(".alert-title").replaceWith(title);
    }
    const note = document.createElement("p");
    note.className = "burst-note";
    note.innerHTML = '<strong class="burst-count"></strong> <span class="burst-since"></span> <a></a>';
    note.querySelector("a").href = `/feed?${query}`;
    note.querySelector("a").textContent = texts.burst_each;
    row.querySelector(".alert-what").append(note);
    row.classList.add("burst");
  }

  function write(line) {
    const { alert, row } = line;
    row.dataset.alertId = alert.alert_id;
    row.dataset.createTimeMs = alert.create_time_ms;
    if (line.form === "single") return;
    row.dataset.count = line.count;
    row.querySelector(".alert-when").replaceWith(parsed(alert.row).querySelector(".alert-when"));
    row.querySelector(".burst-count").textContent = fill(texts.burst_count, { count: line.count });
    const times = { first: clock.format(line.firstMs), last: clock.format(alert.create_time_ms) };
    row.querySelector(".burst-since").textContent = fill(texts.burst_since, times);
    if (line.form === "wide") {
      const where = { platforms: line.platforms.size, areas: line.areas.size };
      row.querySelector(".meta").textContent = fill(texts.burst_where, where);
    }
  }

  function label() {
    const name = paused ? fill(texts.resume, { count: held }) : texts.pause;
    if (pauseButton.textContent !== name) pauseButton.textContent = name;
    pauseButton.setAttribute("aria-pressed", String(paused));
    bar.hidden = !(away && held);
    if (!bar.hidden) bar.textContent = fill(texts.waiting, { count: held });
  }

  pauseButton.addEventListener("click", () => {
    paused = !paused;
    if (!paused) release();
    label();
    show();
  });

  bar.addEventListener("click", () => {
    paused = away = false;
    release();
    label();
    show();
    mark.scrollIntoView({ block: "center" });
    list.focus({ preventScroll: true });
  });

  new IntersectionObserver(([entry]) => {
    away = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    if (!away) timer ||= setTimeout(change, 0);
  }).observe(mark);

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
