//! Runs a command under a time limit while its output is both shown and read. Whatever the command has started is
//! ended with it, when the time is up and when this program is interrupted.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::run::describe;

/// How a watched command ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Success,
    Failure,
    OutOfTime,
}

/// The process group that runs now; 0 is none.
static RUNNING: AtomicU32 = AtomicU32::new(0);
static ON_INTERRUPT: Once = Once::new();

/// Shows each line that the command prints on its standard output and hands it to `read`.
pub fn watch(command: &mut Command, limit: Duration, mut read: impl FnMut(&str)) -> Result<End> {
    let name = describe(command);
    println!("  $ {name}");
    ON_INTERRUPT.call_once(|| {
        let handled = ctrlc::set_handler(|| {
            kill_group(RUNNING.load(Ordering::SeqCst));
            std::process::exit(130);
        });
        if let Err(error) = handled {
            println!("  what runs will not be ended by an interrupt: {error}");
        }
    });

    let deadline = Instant::now() + limit;
    own_group(command).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("`{name}` did not start"))?;
    RUNNING.store(child.id(), Ordering::SeqCst);
    let lines = lines(&mut child)?;
    let in_time = loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                println!("{line}");
                read(&line);
            }
            Err(RecvTimeoutError::Disconnected) => break true,
            Err(RecvTimeoutError::Timeout) => break false,
        }
    };
    if !in_time {
        println!("  `{name}` is ended after {} minutes", limit.as_secs() / 60);
        kill_group(child.id());
        // Where there are no process groups, at least the command itself.
        child.kill().ok();
    }
    let status = child.wait()?;
    RUNNING.store(0, Ordering::SeqCst);
    Ok(match (in_time, status.success()) {
        (false, _) => End::OutOfTime,
        (true, true) => End::Success,
        (true, false) => End::Failure,
    })
}

/// The lines as they come, read apart so that waiting for one can end.
fn lines(child: &mut Child) -> Result<mpsc::Receiver<String>> {
    let mut output = BufReader::new(child.stdout.take().context("the output is not read")?);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
            if sender.send(text).is_err() {
                break;
            }
            line.clear();
        }
    });
    Ok(receiver)
}

#[cfg(unix)]
fn own_group(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    command.process_group(0)
}

#[cfg(not(unix))]
fn own_group(command: &mut Command) -> &mut Command {
    command
}

fn kill_group(group: u32) {
    if group != 0 && cfg!(unix) {
        Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status().ok();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_the_exit_code_is_told() {
        let mut seen = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two; exit 3"]);
        let end = watch(&mut command, Duration::from_secs(20), |line| seen.push(line.to_owned())).unwrap();
        assert_eq!((end, seen), (End::Failure, vec!["one".to_owned(), "two".to_owned()]));
    }

    #[test]
    fn what_a_command_started_ends_with_it_when_the_time_is_up() {
        let start = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & wait"]);
        let end = watch(&mut command, Duration::from_millis(200), |_| ()).unwrap();
        assert_eq!(end, End::OutOfTime);
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
