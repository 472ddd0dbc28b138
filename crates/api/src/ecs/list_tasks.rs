//! ListTasks names a cluster's tasks, narrowed by filters. The narrowest one picks the index that is walked.

use domain::task::{Desired, LaunchType};
use domain::{Cluster, Task, TaskId};
use model::ecs::{ListTasksRequest, ListTasksResponse};
use wire::ApiError;

use super::{errors, resolve};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_tasks(cx: &Cx<'_>, input: ListTasksRequest) -> Result<Reply<ListTasksResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?;
    let filter = Filter::parse(cx, cluster, &input)?;
    let question = format!(
        "ListTasks {} {:?} {:?} {:?} {:?} {:?}",
        cluster.name(),
        input.container_instance,
        input.family,
        input.started_by,
        input.desired_status,
        input.launch_type
    );
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.and_then(|id| TaskId::parse(&id));

    let tasks = candidates(cx, cluster, &input, &filter, after)
        .filter(|task| filter.admits(task) && cluster.owns(task.origin().created));
    let page = paging.cut(cx, tasks, |task| task.id().to_string())?;
    let arns = page
        .items
        .iter()
        .map(|task| cx.site.task_arn(cluster.name(), task.id()))
        .collect();
    Ok(Reply::new(ListTasksResponse {
        task_arns: Some(arns),
        next_token: page.next_token,
    }))
}

/// What a task must be to be listed.
struct Filter {
    instance: Option<domain::InstanceId>,
    /// None where no task can have it: PENDING is a status that AWS accepts and that matches nothing.
    desired: Option<Desired>,
    launch_type: Option<LaunchType>,
    family: Option<String>,
}

impl Filter {
    fn parse(cx: &Cx<'_>, cluster: &Cluster, input: &ListTasksRequest) -> Result<Self, ApiError> {
        let others = [
            &input.family,
            &input.service_name,
            &input.container_instance,
            &input.launch_type,
            &input.daemon_name,
        ];
        if input.started_by.is_some() && others.into_iter().any(Option::is_some) {
            return Err(errors::invalid("cannot specify startedBy with other arguments"));
        }
        if input.family.is_some() && input.service_name.is_some() {
            return Err(errors::invalid("Cannot specify both family and serviceName."));
        }
        if input.service_name.is_some() {
            return Err(errors::service_not_found());
        }
        let instance = match &input.container_instance {
            None => None,
            Some(given) => {
                let found = resolve::get_instance(cx, cluster.name(), given)?;
                Some(found.ok_or_else(errors::instance_not_found)?.id())
            }
        };
        let desired = match input.desired_status.as_deref() {
            None | Some("RUNNING") => Some(Desired::Running),
            Some("STOPPED") => Some(Desired::Stopped),
            Some(_) => None,
        };
        if input.daemon_name.is_some() {
            return Err(errors::invalid("Daemon not found."));
        }
        let (launch_type, desired) = match input.launch_type.as_deref() {
            None => (None, desired),
            Some("EC2") => (Some(LaunchType::Ec2), desired),
            Some("FARGATE") => (Some(LaunchType::Fargate), desired),
            // No task has any other.
            Some(_) => (None, None),
        };
        Ok(Self {
            instance,
            desired,
            launch_type,
            family: input.family.clone(),
        })
    }

    fn admits(&self, task: &Task) -> bool {
        self.desired == Some(task.desired())
            && self.instance.is_none_or(|id| id == task.instance())
            && self.launch_type.is_none_or(|it| it == task.origin().launch_type)
            && self
                .family
                .as_ref()
                .is_none_or(|it| **it == *task.origin().definition.family)
    }
}

fn candidates<'a>(
    cx: &Cx<'a>,
    cluster: &Cluster,
    input: &ListTasksRequest,
    filter: &Filter,
    after: Option<TaskId>,
) -> Box<dyn Iterator<Item = &'a Task> + 'a> {
    let name = cluster.name();
    let Some(desired) = filter.desired else {
        return Box::new(std::iter::empty());
    };
    if let Some(starter) = &input.started_by {
        return Box::new(cx.view.tasks_started_by(name, starter, after));
    }
    if let Some(instance) = filter.instance {
        return Box::new(cx.view.all_tasks_on(instance, after));
    }
    match &filter.family {
        Some(family) => Box::new(cx.view.tasks_of_family(name, family, desired, after)),
        None => Box::new(cx.view.tasks_in(name, desired, filter.launch_type, after)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; host f in fargate; task t1 in web on a RUNNING; task t2 in web on f RUNNING; task t3 in web on a STOPPED";

    fn lists(input: &str, expected: expect_test::Expect) {
        check(WORLD, &format!("ListTasks {input}"), expected);
    }

    #[test]
    fn tasks_wanted_running_are_listed_unless_another_status_is_asked_for() {
        lists(
            r#"{"cluster":"web"}"#,
            expect![[r#"
                200 {"taskArns":["arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c003","arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c005"]}
            "#]],
        );
        lists(
            r#"{"cluster":"web","desiredStatus":"STOPPED"}"#,
            expect![[r#"
                200 {"taskArns":["arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c007"]}
            "#]],
        );
        lists(
            r#"{"cluster":"web","desiredStatus":"PENDING"}"#,
            expect![[r#"
                200 {"taskArns":[]}
            "#]],
        );
    }

    #[test]
    fn filters_narrow_the_list() {
        lists(
            r#"{"cluster":"web","launchType":"FARGATE"}"#,
            expect![[r#"
                200 {"taskArns":["arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c005"]}
            "#]],
        );
        lists(
            r#"{"cluster":"web","containerInstance":"$a"}"#,
            expect![[r#"
                200 {"taskArns":["arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c003"]}
            "#]],
        );
        lists(
            r#"{"cluster":"web","family":"nope"}"#,
            expect![[r#"
                200 {"taskArns":[]}
            "#]],
        );
        lists(
            r#"{"cluster":"web","startedBy":"nobody"}"#,
            expect![[r#"
                200 {"taskArns":[]}
            "#]],
        );
    }

    #[test]
    fn some_filters_exclude_each_other() {
        lists(
            r#"{"cluster":"web","startedBy":"x","family":"y"}"#,
            expect![[r#"
                400 InvalidParameterException: cannot specify startedBy with other arguments
            "#]],
        );
        lists(
            r#"{"cluster":"web","serviceName":"y"}"#,
            expect![[r#"
                400 ServiceNotFoundException: Service not found.
            "#]],
        );
    }
}
