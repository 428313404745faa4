// A tone for grave alerts. Silent until the reader turns it on; the choice stays in this browser. However fast they
// come, it sounds once in five seconds at most.
"use strict";

(() => {
  const KEPT = "quzhong.feed.sound";
  const APART_MS = 5000;
  const TONES_HZ = [660, 880];
  const TONE_S = 0.14;

  const button = document.getElementById("sound");
  const texts = JSON.parse(document.getElementById("feed-texts").textContent);
  let audio = null;
  let lastMs = -APART_MS;

  const on = () => button.getAttribute("aria-checked") === "true";

  function show(value) {
    button.setAttribute("aria-checked", String(value));
    button.querySelector(".switch-text").textContent = value ? texts.sound_on : texts.sound_off;
  }

  async function sound() {
    audio ??= new AudioContext();
    // A browser gives no sound to a page that nobody has touched; it may from the first touch on.
    if (audio.state === "suspended") await audio.resume();
    const gain = audio.createGain();
    gain.gain.value = 0.06;
    gain.connect(audio.destination);
    TONES_HZ.forEach((hz, number) => {
      const tone = audio.createOscillator();
      tone.frequency.value = hz;
      tone.connect(gain);
      tone.start(audio.currentTime + number * TONE_S);
      tone.stop(audio.currentTime + (number + 1) * TONE_S);
    });
    button.dataset.sounded = String(Number(button.dataset.sounded ?? 0) + 1);
  }

  function remembered() {
    try {
      return localStorage.getItem(KEPT) === "on";
    } catch {
      return false; // A browser that keeps nothing: silent.
    }
  }

  button.addEventListener("click", () => {
    show(!on());
    try {
      localStorage.setItem(KEPT, on() ? "on" : "off");
    } catch {
      // It holds for this page then.
    }
    if (on()) sound();
  });

  document.addEventListener("quzhong:alert", (event) => {
    const { severity, kind } = event.detail;
    const grave = severity === "BREACH" || !kind.startsWith("FINDING");
    if (!on() || !grave || performance.now() - lastMs < APART_MS) return;
    lastMs = performance.now();
    sound();
  });

  show(remembered());
  button.hidden = false;
})();
