//! `flow create`.

use super::{balance, problems, starts};
use crate::commands::model;
use crate::failure::Failure;
use crate::input;
use crate::json;
use crate::output;
use crate::progress::Progress;
use crate::session::Session;
use crate::sweep;
use crate::written_file;
use staffetta_desk::{CreateError, FlowCreated, FlowRequest, Model, PartsCreated, create_flow, create_parts};
use staffetta_domain::Phrase;
use staffetta_domain::time::italian_date;
use staffetta_words::say;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which service sends it, by name
    #[arg(long, value_name = "SERVICE")]
    service: String,
    /// What it is, for those who look for it
    #[arg(long, value_name = "TEXT")]
    description: String,
    /// A model to begin with, by name: nature, subject and message are its own where they are not given
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Its nature: informativo, promemoria, pagamento or altro
    #[arg(long, value_name = "NATURE", required_unless_present = "model")]
    nature: Option<String>,
    /// Subject; {{Column}} is replaced by each person's value
    #[arg(long, value_name = "TEXT", required_unless_present = "model")]
    subject: Option<String>,
    /// File with the message in Markdown, with {{Column}} places
    #[arg(long, value_name = "FILE", required_unless_present = "model")]
    markdown_file: Option<PathBuf>,
    /// The office's list: CSV, XLSX or ODS
    #[arg(long, value_name = "FILE")]
    recipients: PathBuf,
    /// Which sheet of a workbook, by name; without it the first with data
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Go on with the good rows when some are wrong; otherwise nothing is created
    #[arg(long)]
    accept_valid: bool,
    /// Your own name for it: given again with the same content, the flow that is there is returned
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Make a flow for each day of sending that the list says, where it says several
    #[arg(long, conflicts_with = "reference")]
    split_by_date: bool,
    /// Write the wrong rows, with what to do about each, as an Excel file
    #[arg(long, value_name = "FILE.xlsx")]
    wrong_rows: Option<PathBuf>,
}

pub(crate) async fn run(arguments: Arguments, session: &Session) -> Result<(), Failure> {
    let service = session.service(&arguments.service).await?;
    let model = match &arguments.model {
        Some(name) => Some(model::find(session, name).await?),
        None => None,
    };
    let of_model = |part: fn(&Model) -> &String| model.as_ref().map(part).cloned();
    // One of the two is there: the command line asks for it.
    let markdown = match &arguments.markdown_file {
        Some(path) => input::text(path)?,
        None => of_model(|model| &model.markdown).unwrap_or_default(),
    };
    let subject = arguments.subject.or_else(|| of_model(|model| &model.subject)).unwrap_or_default();
    let nature = arguments.nature.or_else(|| of_model(|model| &model.nature)).unwrap_or_default();
    input::opens(&arguments.recipients)?;
    session.nature(&nature).await?;
    if let Some(path) = &arguments.wrong_rows {
        let read: Vec<&Path> =
            arguments.markdown_file.iter().chain([&arguments.recipients]).map(PathBuf::as_path).collect();
        written_file::may_be_written(path, &read)?;
    }
    let file_name = arguments.recipients.file_name().map(|name| name.to_string_lossy().into_owned());
    let request = FlowRequest {
        service: service.id,
        nature: &nature,
        description: &arguments.description,
        reference: arguments.reference.as_deref(),
        subject: &subject,
        markdown: &markdown,
        file: &arguments.recipients,
        file_name: file_name.as_deref().unwrap_or_default(),
        sheet: arguments.sheet.as_deref(),
        accept_valid: arguments.accept_valid,
        model: model.as_ref(),
    };
    sweep::once(&session.store).await;
    let created = {
        let progress = Progress::spinner();
        let turn = progress.turner();
        let read = move |line: u64| turn(say(&Phrase::new("cli-reading").with("line", line)));
        let (store, scope, now) = (&session.store, &session.scope, session.now());
        if arguments.split_by_date {
            create_parts(store, scope, request, now, read).await
        } else {
            create_flow(store, scope, request, now, read).await.map(|one| PartsCreated::One(Box::new(one)))
        }
    };
    let report = match &created {
        Ok(PartsCreated::One(created)) => Some(&created.report),
        Ok(PartsCreated::Several(whole, _)) => Some(whole.as_ref()),
        Err(CreateError::WrongRows(report) | CreateError::NoValidRows(report)) => Some(report.as_ref()),
        Err(_) => None,
    };
    if let Some(report) = report {
        problems::tell(report);
        if let Some(path) = &arguments.wrong_rows {
            problems::write(session, request, path).await?;
        }
    }
    match created? {
        PartsCreated::One(created) if session.settings.json => print(&created),
        PartsCreated::One(created) => tell(session, &created).await,
        PartsCreated::Several(_, parts) if session.settings.json => {
            parts.iter().try_for_each(|(_, created)| print(created))
        }
        PartsCreated::Several(whole, parts) => starts::tell_parts(&whole, &parts),
    }
}

fn print(created: &FlowCreated) -> Result<(), Failure> {
    output::json(&json::Created {
        id: created.id,
        valid_rows: created.report.valid_rows,
        wrong_rows: created.report.wrong_rows,
    })
}

/// That the same list with the same message is there already.
pub(super) fn tell_earlier(created: &FlowCreated) {
    if let Some((flow, made_at)) = &created.earlier {
        let date = italian_date(*made_at);
        output::notice(&say(&Phrase::new("cli-flow-same-as").with("flow", flow).with("date", date)));
    }
}

async fn tell(session: &Session, created: &FlowCreated) -> Result<(), Failure> {
    for warning in &created.warnings {
        output::notice(&say(warning));
    }
    tell_earlier(created);
    let key = if created.existing { "cli-flow-existing" } else { "cli-flow-created" };
    output::line(&say(&Phrase::new(key).with("flow", created.id)))?;
    balance::of_file(&created.report).iter().try_for_each(|line| output::line(line))?;
    starts::tell(&created.report)?;
    // One that was there may be sent already: then there is nothing to reckon.
    let now = session.now();
    let reckoned = staffetta_desk::balance(&session.store, &session.scope, created.id, now).await;
    let time = reckoned.ok().and_then(|reckoned| reckoned.time);
    balance::time(time, false, now).iter().try_for_each(|line| output::line(line))
}
