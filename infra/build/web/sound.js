/** A short sound for new incidents. Off by default; the choice is kept in this browser. */
let audio;

export const sounds = () => localStorage.sound === "on" && Boolean(button());
const button = () => document.querySelector("[data-sound]");

export function playSound() {
  audio ??= new AudioContext();
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.6);
}

export function showSound() {
  button()?.setAttribute("aria-pressed", String(sounds()));
  if (button()) button().textContent = sounds() ? "Sound is on" : "Play a sound";
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sound]")) return;
  localStorage.sound = sounds() ? "off" : "on";
  // Browsers play nothing before a click, which this is.
  if (sounds()) playSound();
  showSound();
});
