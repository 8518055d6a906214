//! What actions imply (section 2): `implies`, closed transitively, in both directions.

use super::numbers;
use crate::document::read::{members, strings};
use crate::index::Index;
use crate::policy::{at, count, slot};
use crate::value::{Member, Value};

/// For each action those that it implies, and those that imply it. Every action is in its own lists.
#[derive(Debug, Default)]
pub struct Implications {
    up: Vec<Vec<u32>>,
    down: Vec<Vec<u32>>,
}

/// Which way a set of permissions is closed.
#[derive(Clone, Copy)]
pub(crate) enum Closure {
    /// What the permissions imply is added.
    Up,
    /// What implies one of the permissions is added.
    Down,
}

impl Closure {
    /// The closures of the permissions of an allow or a deny grant, and of its exceptions.
    pub(crate) fn of(is_allow: bool) -> (Closure, Closure) {
        if is_allow { (Closure::Up, Closure::Down) } else { (Closure::Down, Closure::Up) }
    }
}

impl Implications {
    /// Those of a policy. An action that no resource has becomes one of the actions here: it still
    /// carries an implication from one that has to another.
    pub(crate) fn new(root: &Value<'_>, actions: &mut Index) -> Implications {
        let implies = members(root.get("implies"));
        for (action, implied) in implies {
            actions.insert(action);
            for implied in strings(Some(implied)) {
                actions.insert(implied);
            }
        }
        let direct = edges(implies, "", actions);
        let mut down = edges(&[], "", actions);
        let mut up = Vec::new();
        for action in 0..count(&direct) {
            let mut reached = Vec::new();
            let mut open = vec![action];
            while let Some(place) = open.pop() {
                // What was reached from this action already has it as its last.
                let Some(list) = slot(&mut down, place).filter(|list| list.last().is_none_or(|last| *last != action))
                else {
                    continue;
                };
                list.push(action);
                reached.push(place);
                open.extend_from_slice(at(&direct, place).map_or(&[], |list| list));
            }
            up.push(reached);
        }
        Implications { up, down }
    }

    /// The actions that closing adds to one, itself among them.
    pub(crate) fn closed(&self, action: u32, closure: Closure) -> &[u32] {
        let lists = match closure {
            Closure::Up => &self.up,
            Closure::Down => &self.down,
        };
        at(lists, action).map_or(&[], |list| list)
    }
}

/// For each name the numbers of those that its member lists under `key`, or as its value where that is
/// empty.
#[inline(never)]
pub(crate) fn edges(members: &[Member<'_>], key: &str, names: &Index) -> Vec<Vec<u32>> {
    let mut edges = Vec::new();
    edges.resize_with(names.len(), Vec::new);
    for (name, value) in members {
        let listed = if key.is_empty() { Some(value) } else { value.get(key) };
        if let Some(list) = names.get(name).and_then(|name| slot(&mut edges, name)) {
            *list = numbers(names, listed);
        }
    }
    edges
}
