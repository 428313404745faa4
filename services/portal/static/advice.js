// Advice live. The page holds what is advised now and the place to resume from; the stream goes on exactly there.
// A worker's line comes ready-made from the server and takes the place of the earlier one; an empty one takes it away.
// Minutes are counted down here. Without this script the page is a plain list.
"use strict";

(() => {
  const list = document.getElementById("advice");
  const empty = document.getElementById("advice-empty");
  const count = document.getElementById("count");
  const pill = document.getElementById("connection");
  const pillText = document.getElementById("connection-text");
  const announcer = document.getElementById("announce");
  const texts = JSON.parse(document.getElementById("advice-texts").textContent);
  const ANNOUNCE_MS = 5000; // A screen reader hears how many changed this often at most.
  const CHANGE_MS = 250;
  const lines = new Map([...list.children].map((row) => [row.dataset.key, row]));
  let waiting = new Map();
  let timer = 0;
  let unannounced = 0;
  let announcing = 0;

  function show(state) {
    pill.dataset.state = state;
    pillText.textContent = texts[state];
  }

  function take(event) {
    const advice = JSON.parse(event.data);
    waiting.set(advice.key, advice);
    timer ||= setTimeout(change, CHANGE_MS);
  }

  function change() {
    timer = 0;
    for (const [key, advice] of waiting) {
      lines.get(key)?.remove();
      lines.delete(key);
      if (!advice.row) continue;
      const holder = document.createElement("template");
      holder.innerHTML = advice.row;
      const row = holder.content.querySelector("li");
      row.classList.add("fresh");
      list.prepend(row);
      lines.set(key, row);
    }
    announce(waiting.size);
    waiting = new Map();
    tick();
  }

  function announce(changed) {
    unannounced += changed;
    announcing ||= setTimeout(() => {
      announcer.textContent = texts.announce.replace("{count}", unannounced);
      unannounced = 0;
      announcing = 0;
    }, ANNOUNCE_MS);
  }

  function tick() {
    const now = Date.now();
    for (const [key, row] of lines) {
      if (row.dataset.over && Number(row.dataset.over) <= now) {
        row.remove();
        lines.delete(key);
      }
    }
    for (const each of document.querySelectorAll(".countdown")) {
      const minutes = Math.max(0, Math.ceil((Number(each.dataset.until) - now) / 60000));
      const text = texts.minutes.replace("{count}", minutes);
      if (each.textContent !== text) each.textContent = text;
    }
    count.textContent = lines.size;
    empty.hidden = lines.size > 0;
    list.hidden = lines.size === 0;
  }

  const source = new EventSource(list.dataset.live);
  source.addEventListener("advice", take);
  source.addEventListener("connection", (event) => show(JSON.parse(event.data).state));
  source.addEventListener("problem", (event) => {
    source.close();
    show("stopped");
    announcer.textContent = JSON.parse(event.data).detail;
  });
  source.addEventListener("error", () => show(source.readyState === EventSource.CLOSED ? "stopped" : "lost"));
  setInterval(tick, 1000);
  tick();
})();
