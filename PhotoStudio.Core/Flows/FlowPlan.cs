namespace PhotoStudio.Core.Flows;

/// <summary>What makes a submitted job the first step of a flow.</summary>
/// <param name="Id">Identifies the flow; made by the submitter, version 7.</param>
/// <param name="FollowingSteps">The steps that come after the job, each on the result of the one before.</param>
/// <param name="DropsIntermediates">See <see cref="Flow.DropsIntermediates"/>.</param>
public sealed record FlowPlan(Guid Id, IReadOnlyList<FlowStep> FollowingSteps, bool DropsIntermediates = false);
