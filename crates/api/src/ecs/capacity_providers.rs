//! Capacity providers and the strategies that name them. There are the two that every account has: FARGATE and FARGATE_SPOT.

use domain::Cluster;
use domain::cluster::StrategyItem;
use model::ecs::CapacityProviderStrategyItem;
use wire::ApiError;

use super::errors;
use crate::cx::Cx;

pub const KNOWN: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];
/// Most providers of a cluster, and of a strategy.
const MAX_PROVIDERS: usize = 20;

/// The provider that is meant by a name or an ARN.
pub fn find(cx: &Cx<'_>, given: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|name| given == *name || given == arn(cx, name))
}

pub fn arn(cx: &Cx<'_>, name: &str) -> String {
    cx.site.ecs_arn(format_args!("capacity-provider/{name}"))
}

/// The providers that a cluster is to have.
pub fn providers(cx: &Cx<'_>, given: &[String]) -> Result<Vec<String>, ApiError> {
    if given.len() > MAX_PROVIDERS {
        return Err(errors::invalid(format!(
            "capacityProviders cannot have more than {MAX_PROVIDERS} entries."
        )));
    }
    let mut providers = Vec::<String>::new();
    for named in given {
        let name = find(cx, named).ok_or_else(|| not_found(named))?;
        if !providers.iter().any(|known| known == name) {
            providers.push(name.into());
        }
    }
    Ok(providers)
}

/// A strategy over providers that the cluster has.
pub fn strategy(
    cx: &Cx<'_>,
    given: Vec<CapacityProviderStrategyItem>,
    has: &[String],
) -> Result<Vec<StrategyItem>, ApiError> {
    let mut items = Vec::<StrategyItem>::new();
    for it in given {
        let named = it.capacity_provider.unwrap_or_default();
        let provider = find(cx, &named).ok_or_else(|| not_found(&named))?.to_owned();
        if !has.contains(&provider) {
            return Err(errors::invalid(format!(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster: \
                 {provider}. Associate it with PutClusterCapacityProviders and try again."
            )));
        }
        if items.iter().any(|known| known.provider == provider) {
            return Err(errors::invalid(format!(
                "The capacity provider strategy names {provider} twice."
            )));
        }
        items.push(StrategyItem {
            provider,
            weight: it.weight.unwrap_or_default() as u32,
            base: it.base.unwrap_or_default() as u32,
        });
    }
    if items.iter().filter(|it| it.base > 0).count() > 1 {
        return Err(errors::invalid(
            "Only one capacity provider in a capacity provider strategy can have a base defined.",
        ));
    }
    // One alone takes every task, whatever its weight.
    if items.len() > 1 && items.iter().all(|it| it.weight == 0) {
        return Err(errors::invalid(
            "A capacity provider strategy must have a provider with a weight greater than zero.",
        ));
    }
    Ok(items)
}

/// The provider of each of `count` tasks: the base first, then whoever is furthest behind its share.
pub fn assign(strategy: &[StrategyItem], count: usize) -> Vec<String> {
    let mut given = vec![0u32; strategy.len()];
    let mut chosen = Vec::new();
    for _ in 0..count {
        let based = strategy.iter().zip(&given).position(|(it, n)| *n < it.base);
        // Shares are compared as (tasks + 1) / weight, without dividing.
        let behind = || {
            let weighted = (0..strategy.len()).filter(|&at| strategy[at].weight > 0);
            weighted.min_by(|&a, &b| {
                let beyond = |at: usize| u64::from(given[at].saturating_sub(strategy[at].base)) + 1;
                let (left, right) = (
                    beyond(a) * u64::from(strategy[b].weight),
                    beyond(b) * u64::from(strategy[a].weight),
                );
                left.cmp(&right).then(a.cmp(&b))
            })
        };
        let Some(at) = based.or_else(behind).or((!strategy.is_empty()).then_some(0)) else {
            break;
        };
        given[at] += 1;
        chosen.push(strategy[at].provider.clone());
    }
    chosen
}

/// What a cluster shows of its default strategy.
pub fn shown(cluster: &Cluster) -> Vec<CapacityProviderStrategyItem> {
    let item = |it: &StrategyItem| CapacityProviderStrategyItem {
        capacity_provider: Some(it.provider.clone()),
        weight: Some(it.weight as i32),
        base: Some(it.base as i32),
    };
    cluster.default_strategy.iter().map(item).collect()
}

fn not_found(name: &str) -> ApiError {
    errors::invalid(format!(
        "The specified capacity provider '{name}' was not found. Specify a valid name or ARN and try again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(strategy: &[(&str, u32, u32)], count: usize) -> (usize, usize) {
        let items: Vec<StrategyItem> = strategy
            .iter()
            .map(|(name, base, weight)| StrategyItem {
                provider: (*name).into(),
                weight: *weight,
                base: *base,
            })
            .collect();
        let chosen = assign(&items, count);
        let of = |name: &str| chosen.iter().filter(|it| *it == name).count();
        (of("FARGATE"), of("FARGATE_SPOT"))
    }

    #[test]
    fn the_base_comes_first_and_the_rest_is_shared_by_weight() {
        assert_eq!(counts(&[("FARGATE", 2, 1), ("FARGATE_SPOT", 0, 3)], 10), (4, 6));
        assert_eq!(counts(&[("FARGATE", 0, 1), ("FARGATE_SPOT", 0, 1)], 4), (2, 2));
        assert_eq!(counts(&[("FARGATE", 0, 1), ("FARGATE_SPOT", 0, 0)], 3), (3, 0));
        assert_eq!(counts(&[("FARGATE", 0, 0)], 1), (1, 0));
    }
}
