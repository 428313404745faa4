package example.quzhong.api.notify.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * What passes between a department and a platform in a case: the steps that people take.
 * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
 * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
 * answer.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class CaseworkServiceGrpc {

  private CaseworkServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.notify.v1.CaseworkService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ReplyToNoticeRequest,
      example.quzhong.api.notify.v1.ReplyToNoticeResponse> getReplyToNoticeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReplyToNotice",
      requestType = example.quzhong.api.notify.v1.ReplyToNoticeRequest.class,
      responseType = example.quzhong.api.notify.v1.ReplyToNoticeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ReplyToNoticeRequest,
      example.quzhong.api.notify.v1.ReplyToNoticeResponse> getReplyToNoticeMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ReplyToNoticeRequest, example.quzhong.api.notify.v1.ReplyToNoticeResponse> getReplyToNoticeMethod;
    if ((getReplyToNoticeMethod = CaseworkServiceGrpc.getReplyToNoticeMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getReplyToNoticeMethod = CaseworkServiceGrpc.getReplyToNoticeMethod) == null) {
          CaseworkServiceGrpc.getReplyToNoticeMethod = getReplyToNoticeMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ReplyToNoticeRequest, example.quzhong.api.notify.v1.ReplyToNoticeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReplyToNotice"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ReplyToNoticeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ReplyToNoticeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("ReplyToNotice"))
              .build();
        }
      }
    }
    return getReplyToNoticeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAttachmentRequest,
      example.quzhong.api.notify.v1.GetAttachmentResponse> getGetAttachmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAttachment",
      requestType = example.quzhong.api.notify.v1.GetAttachmentRequest.class,
      responseType = example.quzhong.api.notify.v1.GetAttachmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAttachmentRequest,
      example.quzhong.api.notify.v1.GetAttachmentResponse> getGetAttachmentMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAttachmentRequest, example.quzhong.api.notify.v1.GetAttachmentResponse> getGetAttachmentMethod;
    if ((getGetAttachmentMethod = CaseworkServiceGrpc.getGetAttachmentMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getGetAttachmentMethod = CaseworkServiceGrpc.getGetAttachmentMethod) == null) {
          CaseworkServiceGrpc.getGetAttachmentMethod = getGetAttachmentMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.GetAttachmentRequest, example.quzhong.api.notify.v1.GetAttachmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAttachment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetAttachmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetAttachmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("GetAttachment"))
              .build();
        }
      }
    }
    return getGetAttachmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.AppealFindingRequest,
      example.quzhong.api.notify.v1.AppealFindingResponse> getAppealFindingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AppealFinding",
      requestType = example.quzhong.api.notify.v1.AppealFindingRequest.class,
      responseType = example.quzhong.api.notify.v1.AppealFindingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.AppealFindingRequest,
      example.quzhong.api.notify.v1.AppealFindingResponse> getAppealFindingMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.AppealFindingRequest, example.quzhong.api.notify.v1.AppealFindingResponse> getAppealFindingMethod;
    if ((getAppealFindingMethod = CaseworkServiceGrpc.getAppealFindingMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getAppealFindingMethod = CaseworkServiceGrpc.getAppealFindingMethod) == null) {
          CaseworkServiceGrpc.getAppealFindingMethod = getAppealFindingMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.AppealFindingRequest, example.quzhong.api.notify.v1.AppealFindingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AppealFinding"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.AppealFindingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.AppealFindingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("AppealFinding"))
              .build();
        }
      }
    }
    return getAppealFindingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideFindingAppealRequest,
      example.quzhong.api.notify.v1.DecideFindingAppealResponse> getDecideFindingAppealMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DecideFindingAppeal",
      requestType = example.quzhong.api.notify.v1.DecideFindingAppealRequest.class,
      responseType = example.quzhong.api.notify.v1.DecideFindingAppealResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideFindingAppealRequest,
      example.quzhong.api.notify.v1.DecideFindingAppealResponse> getDecideFindingAppealMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideFindingAppealRequest, example.quzhong.api.notify.v1.DecideFindingAppealResponse> getDecideFindingAppealMethod;
    if ((getDecideFindingAppealMethod = CaseworkServiceGrpc.getDecideFindingAppealMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getDecideFindingAppealMethod = CaseworkServiceGrpc.getDecideFindingAppealMethod) == null) {
          CaseworkServiceGrpc.getDecideFindingAppealMethod = getDecideFindingAppealMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.DecideFindingAppealRequest, example.quzhong.api.notify.v1.DecideFindingAppealResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DecideFindingAppeal"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DecideFindingAppealRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DecideFindingAppealResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("DecideFindingAppeal"))
              .build();
        }
      }
    }
    return getDecideFindingAppealMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ProposeSummonsRequest,
      example.quzhong.api.notify.v1.ProposeSummonsResponse> getProposeSummonsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ProposeSummons",
      requestType = example.quzhong.api.notify.v1.ProposeSummonsRequest.class,
      responseType = example.quzhong.api.notify.v1.ProposeSummonsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ProposeSummonsRequest,
      example.quzhong.api.notify.v1.ProposeSummonsResponse> getProposeSummonsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ProposeSummonsRequest, example.quzhong.api.notify.v1.ProposeSummonsResponse> getProposeSummonsMethod;
    if ((getProposeSummonsMethod = CaseworkServiceGrpc.getProposeSummonsMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getProposeSummonsMethod = CaseworkServiceGrpc.getProposeSummonsMethod) == null) {
          CaseworkServiceGrpc.getProposeSummonsMethod = getProposeSummonsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ProposeSummonsRequest, example.quzhong.api.notify.v1.ProposeSummonsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ProposeSummons"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ProposeSummonsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ProposeSummonsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("ProposeSummons"))
              .build();
        }
      }
    }
    return getProposeSummonsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ApproveSummonsRequest,
      example.quzhong.api.notify.v1.ApproveSummonsResponse> getApproveSummonsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ApproveSummons",
      requestType = example.quzhong.api.notify.v1.ApproveSummonsRequest.class,
      responseType = example.quzhong.api.notify.v1.ApproveSummonsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ApproveSummonsRequest,
      example.quzhong.api.notify.v1.ApproveSummonsResponse> getApproveSummonsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ApproveSummonsRequest, example.quzhong.api.notify.v1.ApproveSummonsResponse> getApproveSummonsMethod;
    if ((getApproveSummonsMethod = CaseworkServiceGrpc.getApproveSummonsMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getApproveSummonsMethod = CaseworkServiceGrpc.getApproveSummonsMethod) == null) {
          CaseworkServiceGrpc.getApproveSummonsMethod = getApproveSummonsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ApproveSummonsRequest, example.quzhong.api.notify.v1.ApproveSummonsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ApproveSummons"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ApproveSummonsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ApproveSummonsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("ApproveSummons"))
              .build();
        }
      }
    }
    return getApproveSummonsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeclineSummonsRequest,
      example.quzhong.api.notify.v1.DeclineSummonsResponse> getDeclineSummonsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeclineSummons",
      requestType = example.quzhong.api.notify.v1.DeclineSummonsRequest.class,
      responseType = example.quzhong.api.notify.v1.DeclineSummonsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeclineSummonsRequest,
      example.quzhong.api.notify.v1.DeclineSummonsResponse> getDeclineSummonsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeclineSummonsRequest, example.quzhong.api.notify.v1.DeclineSummonsResponse> getDeclineSummonsMethod;
    if ((getDeclineSummonsMethod = CaseworkServiceGrpc.getDeclineSummonsMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getDeclineSummonsMethod = CaseworkServiceGrpc.getDeclineSummonsMethod) == null) {
          CaseworkServiceGrpc.getDeclineSummonsMethod = getDeclineSummonsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.DeclineSummonsRequest, example.quzhong.api.notify.v1.DeclineSummonsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeclineSummons"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DeclineSummonsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DeclineSummonsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("DeclineSummons"))
              .build();
        }
      }
    }
    return getDeclineSummonsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SendSummonsRequest,
      example.quzhong.api.notify.v1.SendSummonsResponse> getSendSummonsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendSummons",
      requestType = example.quzhong.api.notify.v1.SendSummonsRequest.class,
      responseType = example.quzhong.api.notify.v1.SendSummonsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SendSummonsRequest,
      example.quzhong.api.notify.v1.SendSummonsResponse> getSendSummonsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SendSummonsRequest, example.quzhong.api.notify.v1.SendSummonsResponse> getSendSummonsMethod;
    if ((getSendSummonsMethod = CaseworkServiceGrpc.getSendSummonsMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getSendSummonsMethod = CaseworkServiceGrpc.getSendSummonsMethod) == null) {
          CaseworkServiceGrpc.getSendSummonsMethod = getSendSummonsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.SendSummonsRequest, example.quzhong.api.notify.v1.SendSummonsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendSummons"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.SendSummonsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.SendSummonsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("SendSummons"))
              .build();
        }
      }
    }
    return getSendSummonsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.MoveTalkRequest,
      example.quzhong.api.notify.v1.MoveTalkResponse> getMoveTalkMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MoveTalk",
      requestType = example.quzhong.api.notify.v1.MoveTalkRequest.class,
      responseType = example.quzhong.api.notify.v1.MoveTalkResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.MoveTalkRequest,
      example.quzhong.api.notify.v1.MoveTalkResponse> getMoveTalkMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.MoveTalkRequest, example.quzhong.api.notify.v1.MoveTalkResponse> getMoveTalkMethod;
    if ((getMoveTalkMethod = CaseworkServiceGrpc.getMoveTalkMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getMoveTalkMethod = CaseworkServiceGrpc.getMoveTalkMethod) == null) {
          CaseworkServiceGrpc.getMoveTalkMethod = getMoveTalkMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.MoveTalkRequest, example.quzhong.api.notify.v1.MoveTalkResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MoveTalk"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.MoveTalkRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.MoveTalkResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("MoveTalk"))
              .build();
        }
      }
    }
    return getMoveTalkMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CancelSummonsRequest,
      example.quzhong.api.notify.v1.CancelSummonsResponse> getCancelSummonsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelSummons",
      requestType = example.quzhong.api.notify.v1.CancelSummonsRequest.class,
      responseType = example.quzhong.api.notify.v1.CancelSummonsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CancelSummonsRequest,
      example.quzhong.api.notify.v1.CancelSummonsResponse> getCancelSummonsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CancelSummonsRequest, example.quzhong.api.notify.v1.CancelSummonsResponse> getCancelSummonsMethod;
    if ((getCancelSummonsMethod = CaseworkServiceGrpc.getCancelSummonsMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getCancelSummonsMethod = CaseworkServiceGrpc.getCancelSummonsMethod) == null) {
          CaseworkServiceGrpc.getCancelSummonsMethod = getCancelSummonsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.CancelSummonsRequest, example.quzhong.api.notify.v1.CancelSummonsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelSummons"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CancelSummonsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CancelSummonsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("CancelSummons"))
              .build();
        }
      }
    }
    return getCancelSummonsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RecordTalkRequest,
      example.quzhong.api.notify.v1.RecordTalkResponse> getRecordTalkMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecordTalk",
      requestType = example.quzhong.api.notify.v1.RecordTalkRequest.class,
      responseType = example.quzhong.api.notify.v1.RecordTalkResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RecordTalkRequest,
      example.quzhong.api.notify.v1.RecordTalkResponse> getRecordTalkMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RecordTalkRequest, example.quzhong.api.notify.v1.RecordTalkResponse> getRecordTalkMethod;
    if ((getRecordTalkMethod = CaseworkServiceGrpc.getRecordTalkMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getRecordTalkMethod = CaseworkServiceGrpc.getRecordTalkMethod) == null) {
          CaseworkServiceGrpc.getRecordTalkMethod = getRecordTalkMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.RecordTalkRequest, example.quzhong.api.notify.v1.RecordTalkResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecordTalk"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RecordTalkRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RecordTalkResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("RecordTalk"))
              .build();
        }
      }
    }
    return getRecordTalkMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.OrderRectificationRequest,
      example.quzhong.api.notify.v1.OrderRectificationResponse> getOrderRectificationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "OrderRectification",
      requestType = example.quzhong.api.notify.v1.OrderRectificationRequest.class,
      responseType = example.quzhong.api.notify.v1.OrderRectificationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.OrderRectificationRequest,
      example.quzhong.api.notify.v1.OrderRectificationResponse> getOrderRectificationMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.OrderRectificationRequest, example.quzhong.api.notify.v1.OrderRectificationResponse> getOrderRectificationMethod;
    if ((getOrderRectificationMethod = CaseworkServiceGrpc.getOrderRectificationMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getOrderRectificationMethod = CaseworkServiceGrpc.getOrderRectificationMethod) == null) {
          CaseworkServiceGrpc.getOrderRectificationMethod = getOrderRectificationMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.OrderRectificationRequest, example.quzhong.api.notify.v1.OrderRectificationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "OrderRectification"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.OrderRectificationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.OrderRectificationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("OrderRectification"))
              .build();
        }
      }
    }
    return getOrderRectificationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideExtensionRequest,
      example.quzhong.api.notify.v1.DecideExtensionResponse> getDecideExtensionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DecideExtension",
      requestType = example.quzhong.api.notify.v1.DecideExtensionRequest.class,
      responseType = example.quzhong.api.notify.v1.DecideExtensionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideExtensionRequest,
      example.quzhong.api.notify.v1.DecideExtensionResponse> getDecideExtensionMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DecideExtensionRequest, example.quzhong.api.notify.v1.DecideExtensionResponse> getDecideExtensionMethod;
    if ((getDecideExtensionMethod = CaseworkServiceGrpc.getDecideExtensionMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getDecideExtensionMethod = CaseworkServiceGrpc.getDecideExtensionMethod) == null) {
          CaseworkServiceGrpc.getDecideExtensionMethod = getDecideExtensionMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.DecideExtensionRequest, example.quzhong.api.notify.v1.DecideExtensionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DecideExtension"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DecideExtensionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DecideExtensionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("DecideExtension"))
              .build();
        }
      }
    }
    return getDecideExtensionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.EscalateCaseRequest,
      example.quzhong.api.notify.v1.EscalateCaseResponse> getEscalateCaseMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EscalateCase",
      requestType = example.quzhong.api.notify.v1.EscalateCaseRequest.class,
      responseType = example.quzhong.api.notify.v1.EscalateCaseResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.EscalateCaseRequest,
      example.quzhong.api.notify.v1.EscalateCaseResponse> getEscalateCaseMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.EscalateCaseRequest, example.quzhong.api.notify.v1.EscalateCaseResponse> getEscalateCaseMethod;
    if ((getEscalateCaseMethod = CaseworkServiceGrpc.getEscalateCaseMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getEscalateCaseMethod = CaseworkServiceGrpc.getEscalateCaseMethod) == null) {
          CaseworkServiceGrpc.getEscalateCaseMethod = getEscalateCaseMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.EscalateCaseRequest, example.quzhong.api.notify.v1.EscalateCaseResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EscalateCase"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.EscalateCaseRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.EscalateCaseResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("EscalateCase"))
              .build();
        }
      }
    }
    return getEscalateCaseMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CloseCaseRequest,
      example.quzhong.api.notify.v1.CloseCaseResponse> getCloseCaseMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CloseCase",
      requestType = example.quzhong.api.notify.v1.CloseCaseRequest.class,
      responseType = example.quzhong.api.notify.v1.CloseCaseResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CloseCaseRequest,
      example.quzhong.api.notify.v1.CloseCaseResponse> getCloseCaseMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CloseCaseRequest, example.quzhong.api.notify.v1.CloseCaseResponse> getCloseCaseMethod;
    if ((getCloseCaseMethod = CaseworkServiceGrpc.getCloseCaseMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getCloseCaseMethod = CaseworkServiceGrpc.getCloseCaseMethod) == null) {
          CaseworkServiceGrpc.getCloseCaseMethod = getCloseCaseMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.CloseCaseRequest, example.quzhong.api.notify.v1.CloseCaseResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CloseCase"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CloseCaseRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CloseCaseResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("CloseCase"))
              .build();
        }
      }
    }
    return getCloseCaseMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetNoticeDocumentRequest,
      example.quzhong.api.notify.v1.GetNoticeDocumentResponse> getGetNoticeDocumentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetNoticeDocument",
      requestType = example.quzhong.api.notify.v1.GetNoticeDocumentRequest.class,
      responseType = example.quzhong.api.notify.v1.GetNoticeDocumentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetNoticeDocumentRequest,
      example.quzhong.api.notify.v1.GetNoticeDocumentResponse> getGetNoticeDocumentMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetNoticeDocumentRequest, example.quzhong.api.notify.v1.GetNoticeDocumentResponse> getGetNoticeDocumentMethod;
    if ((getGetNoticeDocumentMethod = CaseworkServiceGrpc.getGetNoticeDocumentMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getGetNoticeDocumentMethod = CaseworkServiceGrpc.getGetNoticeDocumentMethod) == null) {
          CaseworkServiceGrpc.getGetNoticeDocumentMethod = getGetNoticeDocumentMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.GetNoticeDocumentRequest, example.quzhong.api.notify.v1.GetNoticeDocumentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetNoticeDocument"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetNoticeDocumentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetNoticeDocumentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("GetNoticeDocument"))
              .build();
        }
      }
    }
    return getGetNoticeDocumentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAgendaRequest,
      example.quzhong.api.notify.v1.ListAgendaResponse> getListAgendaMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAgenda",
      requestType = example.quzhong.api.notify.v1.ListAgendaRequest.class,
      responseType = example.quzhong.api.notify.v1.ListAgendaResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAgendaRequest,
      example.quzhong.api.notify.v1.ListAgendaResponse> getListAgendaMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAgendaRequest, example.quzhong.api.notify.v1.ListAgendaResponse> getListAgendaMethod;
    if ((getListAgendaMethod = CaseworkServiceGrpc.getListAgendaMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getListAgendaMethod = CaseworkServiceGrpc.getListAgendaMethod) == null) {
          CaseworkServiceGrpc.getListAgendaMethod = getListAgendaMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListAgendaRequest, example.quzhong.api.notify.v1.ListAgendaResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAgenda"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAgendaRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAgendaResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("ListAgenda"))
              .build();
        }
      }
    }
    return getListAgendaMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SetAbsenceRequest,
      example.quzhong.api.notify.v1.SetAbsenceResponse> getSetAbsenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetAbsence",
      requestType = example.quzhong.api.notify.v1.SetAbsenceRequest.class,
      responseType = example.quzhong.api.notify.v1.SetAbsenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SetAbsenceRequest,
      example.quzhong.api.notify.v1.SetAbsenceResponse> getSetAbsenceMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.SetAbsenceRequest, example.quzhong.api.notify.v1.SetAbsenceResponse> getSetAbsenceMethod;
    if ((getSetAbsenceMethod = CaseworkServiceGrpc.getSetAbsenceMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getSetAbsenceMethod = CaseworkServiceGrpc.getSetAbsenceMethod) == null) {
          CaseworkServiceGrpc.getSetAbsenceMethod = getSetAbsenceMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.SetAbsenceRequest, example.quzhong.api.notify.v1.SetAbsenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetAbsence"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.SetAbsenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.SetAbsenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("SetAbsence"))
              .build();
        }
      }
    }
    return getSetAbsenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAbsencesRequest,
      example.quzhong.api.notify.v1.ListAbsencesResponse> getListAbsencesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAbsences",
      requestType = example.quzhong.api.notify.v1.ListAbsencesRequest.class,
      responseType = example.quzhong.api.notify.v1.ListAbsencesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAbsencesRequest,
      example.quzhong.api.notify.v1.ListAbsencesResponse> getListAbsencesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAbsencesRequest, example.quzhong.api.notify.v1.ListAbsencesResponse> getListAbsencesMethod;
    if ((getListAbsencesMethod = CaseworkServiceGrpc.getListAbsencesMethod) == null) {
      synchronized (CaseworkServiceGrpc.class) {
        if ((getListAbsencesMethod = CaseworkServiceGrpc.getListAbsencesMethod) == null) {
          CaseworkServiceGrpc.getListAbsencesMethod = getListAbsencesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListAbsencesRequest, example.quzhong.api.notify.v1.ListAbsencesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAbsences"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAbsencesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAbsencesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CaseworkServiceMethodDescriptorSupplier("ListAbsences"))
              .build();
        }
      }
    }
    return getListAbsencesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CaseworkServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceStub>() {
        @java.lang.Override
        public CaseworkServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CaseworkServiceStub(channel, callOptions);
        }
      };
    return CaseworkServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static CaseworkServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceBlockingV2Stub>() {
        @java.lang.Override
        public CaseworkServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CaseworkServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return CaseworkServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CaseworkServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceBlockingStub>() {
        @java.lang.Override
        public CaseworkServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CaseworkServiceBlockingStub(channel, callOptions);
        }
      };
    return CaseworkServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CaseworkServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CaseworkServiceFutureStub>() {
        @java.lang.Override
        public CaseworkServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CaseworkServiceFutureStub(channel, callOptions);
        }
      };
    return CaseworkServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The platform acknowledges a notice, answers it, reports progress, or asks for more time.
     * </pre>
     */
    default void replyToNotice(example.quzhong.api.notify.v1.ReplyToNoticeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ReplyToNoticeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReplyToNoticeMethod(), responseObserver);
    }

    /**
     * <pre>
     * An attachment of a reply.
     * </pre>
     */
    default void getAttachment(example.quzhong.api.notify.v1.GetAttachmentRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAttachmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAttachmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * The platform disputes a finding of a case (申诉).
     * </pre>
     */
    default void appealFinding(example.quzhong.api.notify.v1.AppealFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.AppealFindingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAppealFindingMethod(), responseObserver);
    }

    /**
     * <pre>
     * A department sets the finding aside, which amends its case, or lets it stand.
     * </pre>
     */
    default void decideFindingAppeal(example.quzhong.api.notify.v1.DecideFindingAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideFindingAppealResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDecideFindingAppealMethod(), responseObserver);
    }

    /**
     */
    default void proposeSummons(example.quzhong.api.notify.v1.ProposeSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ProposeSummonsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getProposeSummonsMethod(), responseObserver);
    }

    /**
     * <pre>
     * By a named official with the right to approve.
     * </pre>
     */
    default void approveSummons(example.quzhong.api.notify.v1.ApproveSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ApproveSummonsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getApproveSummonsMethod(), responseObserver);
    }

    /**
     */
    default void declineSummons(example.quzhong.api.notify.v1.DeclineSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeclineSummonsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeclineSummonsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Set day and place of the talk, and send the summons (约谈通知书) with its invitation.
     * </pre>
     */
    default void sendSummons(example.quzhong.api.notify.v1.SendSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SendSummonsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendSummonsMethod(), responseObserver);
    }

    /**
     * <pre>
     * The invitation keeps its UID.
     * </pre>
     */
    default void moveTalk(example.quzhong.api.notify.v1.MoveTalkRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.MoveTalkResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMoveTalkMethod(), responseObserver);
    }

    /**
     */
    default void cancelSummons(example.quzhong.api.notify.v1.CancelSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CancelSummonsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelSummonsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Minutes and commitments of the talk; or that nobody appeared.
     * </pre>
     */
    default void recordTalk(example.quzhong.api.notify.v1.RecordTalkRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RecordTalkResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecordTalkMethod(), responseObserver);
    }

    /**
     * <pre>
     * 限期整改通知书
     * </pre>
     */
    default void orderRectification(example.quzhong.api.notify.v1.OrderRectificationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.OrderRectificationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getOrderRectificationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Grant or refuse more time that the platform asked for.
     * </pre>
     */
    default void decideExtension(example.quzhong.api.notify.v1.DecideExtensionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideExtensionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDecideExtensionMethod(), responseObserver);
    }

    /**
     */
    default void escalateCase(example.quzhong.api.notify.v1.EscalateCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.EscalateCaseResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEscalateCaseMethod(), responseObserver);
    }

    /**
     */
    default void closeCase(example.quzhong.api.notify.v1.CloseCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CloseCaseResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCloseCaseMethod(), responseObserver);
    }

    /**
     * <pre>
     * A notice as PDF; of a summons also the invitation as iCalendar (RFC 5545) and the minutes of its talk.
     * </pre>
     */
    default void getNoticeDocument(example.quzhong.api.notify.v1.GetNoticeDocumentRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetNoticeDocumentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetNoticeDocumentMethod(), responseObserver);
    }

    /**
     * <pre>
     * What is to be done by when in the caller's cases: talks and deadlines of a span of days.
     * </pre>
     */
    default void listAgenda(example.quzhong.api.notify.v1.ListAgendaRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAgendaResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAgendaMethod(), responseObserver);
    }

    /**
     * <pre>
     * An official is away, and a deputy approves in the meantime.
     * </pre>
     */
    default void setAbsence(example.quzhong.api.notify.v1.SetAbsenceRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SetAbsenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetAbsenceMethod(), responseObserver);
    }

    /**
     */
    default void listAbsences(example.quzhong.api.notify.v1.ListAbsencesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAbsencesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAbsencesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service CaseworkService.
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public static abstract class CaseworkServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return CaseworkServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service CaseworkService.
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public static final class CaseworkServiceStub
      extends io.grpc.stub.AbstractAsyncStub<CaseworkServiceStub> {
    private CaseworkServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CaseworkServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CaseworkServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The platform acknowledges a notice, answers it, reports progress, or asks for more time.
     * </pre>
     */
    public void replyToNotice(example.quzhong.api.notify.v1.ReplyToNoticeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ReplyToNoticeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReplyToNoticeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * An attachment of a reply.
     * </pre>
     */
    public void getAttachment(example.quzhong.api.notify.v1.GetAttachmentRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAttachmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAttachmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The platform disputes a finding of a case (申诉).
     * </pre>
     */
    public void appealFinding(example.quzhong.api.notify.v1.AppealFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.AppealFindingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAppealFindingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A department sets the finding aside, which amends its case, or lets it stand.
     * </pre>
     */
    public void decideFindingAppeal(example.quzhong.api.notify.v1.DecideFindingAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideFindingAppealResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDecideFindingAppealMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void proposeSummons(example.quzhong.api.notify.v1.ProposeSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ProposeSummonsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getProposeSummonsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * By a named official with the right to approve.
     * </pre>
     */
    public void approveSummons(example.quzhong.api.notify.v1.ApproveSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ApproveSummonsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getApproveSummonsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void declineSummons(example.quzhong.api.notify.v1.DeclineSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeclineSummonsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeclineSummonsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Set day and place of the talk, and send the summons (约谈通知书) with its invitation.
     * </pre>
     */
    public void sendSummons(example.quzhong.api.notify.v1.SendSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SendSummonsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendSummonsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The invitation keeps its UID.
     * </pre>
     */
    public void moveTalk(example.quzhong.api.notify.v1.MoveTalkRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.MoveTalkResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMoveTalkMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void cancelSummons(example.quzhong.api.notify.v1.CancelSummonsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CancelSummonsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelSummonsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Minutes and commitments of the talk; or that nobody appeared.
     * </pre>
     */
    public void recordTalk(example.quzhong.api.notify.v1.RecordTalkRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RecordTalkResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecordTalkMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * 限期整改通知书
     * </pre>
     */
    public void orderRectification(example.quzhong.api.notify.v1.OrderRectificationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.OrderRectificationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getOrderRectificationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Grant or refuse more time that the platform asked for.
     * </pre>
     */
    public void decideExtension(example.quzhong.api.notify.v1.DecideExtensionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideExtensionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDecideExtensionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void escalateCase(example.quzhong.api.notify.v1.EscalateCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.EscalateCaseResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEscalateCaseMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void closeCase(example.quzhong.api.notify.v1.CloseCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CloseCaseResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCloseCaseMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A notice as PDF; of a summons also the invitation as iCalendar (RFC 5545) and the minutes of its talk.
     * </pre>
     */
    public void getNoticeDocument(example.quzhong.api.notify.v1.GetNoticeDocumentRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetNoticeDocumentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetNoticeDocumentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What is to be done by when in the caller's cases: talks and deadlines of a span of days.
     * </pre>
     */
    public void listAgenda(example.quzhong.api.notify.v1.ListAgendaRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAgendaResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAgendaMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * An official is away, and a deputy approves in the meantime.
     * </pre>
     */
    public void setAbsence(example.quzhong.api.notify.v1.SetAbsenceRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SetAbsenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetAbsenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAbsences(example.quzhong.api.notify.v1.ListAbsencesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAbsencesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAbsencesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service CaseworkService.
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public static final class CaseworkServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<CaseworkServiceBlockingV2Stub> {
    private CaseworkServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CaseworkServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CaseworkServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The platform acknowledges a notice, answers it, reports progress, or asks for more time.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ReplyToNoticeResponse replyToNotice(example.quzhong.api.notify.v1.ReplyToNoticeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReplyToNoticeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An attachment of a reply.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetAttachmentResponse getAttachment(example.quzhong.api.notify.v1.GetAttachmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAttachmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The platform disputes a finding of a case (申诉).
     * </pre>
     */
    public example.quzhong.api.notify.v1.AppealFindingResponse appealFinding(example.quzhong.api.notify.v1.AppealFindingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAppealFindingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A department sets the finding aside, which amends its case, or lets it stand.
     * </pre>
     */
    public example.quzhong.api.notify.v1.DecideFindingAppealResponse decideFindingAppeal(example.quzhong.api.notify.v1.DecideFindingAppealRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDecideFindingAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ProposeSummonsResponse proposeSummons(example.quzhong.api.notify.v1.ProposeSummonsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getProposeSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * By a named official with the right to approve.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ApproveSummonsResponse approveSummons(example.quzhong.api.notify.v1.ApproveSummonsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getApproveSummonsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.DeclineSummonsResponse declineSummons(example.quzhong.api.notify.v1.DeclineSummonsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeclineSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Set day and place of the talk, and send the summons (约谈通知书) with its invitation.
     * </pre>
     */
    public example.quzhong.api.notify.v1.SendSummonsResponse sendSummons(example.quzhong.api.notify.v1.SendSummonsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The invitation keeps its UID.
     * </pre>
     */
    public example.quzhong.api.notify.v1.MoveTalkResponse moveTalk(example.quzhong.api.notify.v1.MoveTalkRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMoveTalkMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CancelSummonsResponse cancelSummons(example.quzhong.api.notify.v1.CancelSummonsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Minutes and commitments of the talk; or that nobody appeared.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RecordTalkResponse recordTalk(example.quzhong.api.notify.v1.RecordTalkRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecordTalkMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * 限期整改通知书
     * </pre>
     */
    public example.quzhong.api.notify.v1.OrderRectificationResponse orderRectification(example.quzhong.api.notify.v1.OrderRectificationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getOrderRectificationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Grant or refuse more time that the platform asked for.
     * </pre>
     */
    public example.quzhong.api.notify.v1.DecideExtensionResponse decideExtension(example.quzhong.api.notify.v1.DecideExtensionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDecideExtensionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.EscalateCaseResponse escalateCase(example.quzhong.api.notify.v1.EscalateCaseRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEscalateCaseMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CloseCaseResponse closeCase(example.quzhong.api.notify.v1.CloseCaseRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCloseCaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A notice as PDF; of a summons also the invitation as iCalendar (RFC 5545) and the minutes of its talk.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetNoticeDocumentResponse getNoticeDocument(example.quzhong.api.notify.v1.GetNoticeDocumentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetNoticeDocumentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What is to be done by when in the caller's cases: talks and deadlines of a span of days.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListAgendaResponse listAgenda(example.quzhong.api.notify.v1.ListAgendaRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAgendaMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An official is away, and a deputy approves in the meantime.
     * </pre>
     */
    public example.quzhong.api.notify.v1.SetAbsenceResponse setAbsence(example.quzhong.api.notify.v1.SetAbsenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetAbsenceMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListAbsencesResponse listAbsences(example.quzhong.api.notify.v1.ListAbsencesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAbsencesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service CaseworkService.
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public static final class CaseworkServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<CaseworkServiceBlockingStub> {
    private CaseworkServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CaseworkServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CaseworkServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The platform acknowledges a notice, answers it, reports progress, or asks for more time.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ReplyToNoticeResponse replyToNotice(example.quzhong.api.notify.v1.ReplyToNoticeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReplyToNoticeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An attachment of a reply.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetAttachmentResponse getAttachment(example.quzhong.api.notify.v1.GetAttachmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAttachmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The platform disputes a finding of a case (申诉).
     * </pre>
     */
    public example.quzhong.api.notify.v1.AppealFindingResponse appealFinding(example.quzhong.api.notify.v1.AppealFindingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAppealFindingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A department sets the finding aside, which amends its case, or lets it stand.
     * </pre>
     */
    public example.quzhong.api.notify.v1.DecideFindingAppealResponse decideFindingAppeal(example.quzhong.api.notify.v1.DecideFindingAppealRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDecideFindingAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ProposeSummonsResponse proposeSummons(example.quzhong.api.notify.v1.ProposeSummonsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getProposeSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * By a named official with the right to approve.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ApproveSummonsResponse approveSummons(example.quzhong.api.notify.v1.ApproveSummonsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getApproveSummonsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.DeclineSummonsResponse declineSummons(example.quzhong.api.notify.v1.DeclineSummonsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeclineSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Set day and place of the talk, and send the summons (约谈通知书) with its invitation.
     * </pre>
     */
    public example.quzhong.api.notify.v1.SendSummonsResponse sendSummons(example.quzhong.api.notify.v1.SendSummonsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The invitation keeps its UID.
     * </pre>
     */
    public example.quzhong.api.notify.v1.MoveTalkResponse moveTalk(example.quzhong.api.notify.v1.MoveTalkRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMoveTalkMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CancelSummonsResponse cancelSummons(example.quzhong.api.notify.v1.CancelSummonsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelSummonsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Minutes and commitments of the talk; or that nobody appeared.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RecordTalkResponse recordTalk(example.quzhong.api.notify.v1.RecordTalkRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecordTalkMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * 限期整改通知书
     * </pre>
     */
    public example.quzhong.api.notify.v1.OrderRectificationResponse orderRectification(example.quzhong.api.notify.v1.OrderRectificationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getOrderRectificationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Grant or refuse more time that the platform asked for.
     * </pre>
     */
    public example.quzhong.api.notify.v1.DecideExtensionResponse decideExtension(example.quzhong.api.notify.v1.DecideExtensionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDecideExtensionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.EscalateCaseResponse escalateCase(example.quzhong.api.notify.v1.EscalateCaseRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEscalateCaseMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CloseCaseResponse closeCase(example.quzhong.api.notify.v1.CloseCaseRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCloseCaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A notice as PDF; of a summons also the invitation as iCalendar (RFC 5545) and the minutes of its talk.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetNoticeDocumentResponse getNoticeDocument(example.quzhong.api.notify.v1.GetNoticeDocumentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetNoticeDocumentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What is to be done by when in the caller's cases: talks and deadlines of a span of days.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListAgendaResponse listAgenda(example.quzhong.api.notify.v1.ListAgendaRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAgendaMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An official is away, and a deputy approves in the meantime.
     * </pre>
     */
    public example.quzhong.api.notify.v1.SetAbsenceResponse setAbsence(example.quzhong.api.notify.v1.SetAbsenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetAbsenceMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListAbsencesResponse listAbsences(example.quzhong.api.notify.v1.ListAbsencesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAbsencesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service CaseworkService.
   * <pre>
   * What passes between a department and a platform in a case: the steps that people take.
   * Who acts is the caller; each act says why, and goes to the ledger. A step that the case's state does not allow
   * is FAILED_PRECONDITION with reason ILLEGAL_STEP, and changes nothing. A request_id used again gets its earlier
   * answer.
   * </pre>
   */
  public static final class CaseworkServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<CaseworkServiceFutureStub> {
    private CaseworkServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CaseworkServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CaseworkServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The platform acknowledges a notice, answers it, reports progress, or asks for more time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ReplyToNoticeResponse> replyToNotice(
        example.quzhong.api.notify.v1.ReplyToNoticeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReplyToNoticeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * An attachment of a reply.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.GetAttachmentResponse> getAttachment(
        example.quzhong.api.notify.v1.GetAttachmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAttachmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The platform disputes a finding of a case (申诉).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.AppealFindingResponse> appealFinding(
        example.quzhong.api.notify.v1.AppealFindingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAppealFindingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A department sets the finding aside, which amends its case, or lets it stand.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.DecideFindingAppealResponse> decideFindingAppeal(
        example.quzhong.api.notify.v1.DecideFindingAppealRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDecideFindingAppealMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ProposeSummonsResponse> proposeSummons(
        example.quzhong.api.notify.v1.ProposeSummonsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getProposeSummonsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * By a named official with the right to approve.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ApproveSummonsResponse> approveSummons(
        example.quzhong.api.notify.v1.ApproveSummonsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getApproveSummonsMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.DeclineSummonsResponse> declineSummons(
        example.quzhong.api.notify.v1.DeclineSummonsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeclineSummonsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Set day and place of the talk, and send the summons (约谈通知书) with its invitation.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.SendSummonsResponse> sendSummons(
        example.quzhong.api.notify.v1.SendSummonsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendSummonsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The invitation keeps its UID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.MoveTalkResponse> moveTalk(
        example.quzhong.api.notify.v1.MoveTalkRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMoveTalkMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.CancelSummonsResponse> cancelSummons(
        example.quzhong.api.notify.v1.CancelSummonsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelSummonsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Minutes and commitments of the talk; or that nobody appeared.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.RecordTalkResponse> recordTalk(
        example.quzhong.api.notify.v1.RecordTalkRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecordTalkMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * 限期整改通知书
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.OrderRectificationResponse> orderRectification(
        example.quzhong.api.notify.v1.OrderRectificationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getOrderRectificationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Grant or refuse more time that the platform asked for.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.DecideExtensionResponse> decideExtension(
        example.quzhong.api.notify.v1.DecideExtensionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDecideExtensionMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.EscalateCaseResponse> escalateCase(
        example.quzhong.api.notify.v1.EscalateCaseRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEscalateCaseMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.CloseCaseResponse> closeCase(
        example.quzhong.api.notify.v1.CloseCaseRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCloseCaseMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A notice as PDF; of a summons also the invitation as iCalendar (RFC 5545) and the minutes of its talk.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.GetNoticeDocumentResponse> getNoticeDocument(
        example.quzhong.api.notify.v1.GetNoticeDocumentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetNoticeDocumentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What is to be done by when in the caller's cases: talks and deadlines of a span of days.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListAgendaResponse> listAgenda(
        example.quzhong.api.notify.v1.ListAgendaRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAgendaMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * An official is away, and a deputy approves in the meantime.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.SetAbsenceResponse> setAbsence(
        example.quzhong.api.notify.v1.SetAbsenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetAbsenceMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListAbsencesResponse> listAbsences(
        example.quzhong.api.notify.v1.ListAbsencesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAbsencesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REPLY_TO_NOTICE = 0;
  private static final int METHODID_GET_ATTACHMENT = 1;
  private static final int METHODID_APPEAL_FINDING = 2;
  private static final int METHODID_DECIDE_FINDING_APPEAL = 3;
  private static final int METHODID_PROPOSE_SUMMONS = 4;
  private static final int METHODID_APPROVE_SUMMONS = 5;
  private static final int METHODID_DECLINE_SUMMONS = 6;
  private static final int METHODID_SEND_SUMMONS = 7;
  private static final int METHODID_MOVE_TALK = 8;
  private static final int METHODID_CANCEL_SUMMONS = 9;
  private static final int METHODID_RECORD_TALK = 10;
  private static final int METHODID_ORDER_RECTIFICATION = 11;
  private static final int METHODID_DECIDE_EXTENSION = 12;
  private static final int METHODID_ESCALATE_CASE = 13;
  private static final int METHODID_CLOSE_CASE = 14;
  private static final int METHODID_GET_NOTICE_DOCUMENT = 15;
  private static final int METHODID_LIST_AGENDA = 16;
  private static final int METHODID_SET_ABSENCE = 17;
  private static final int METHODID_LIST_ABSENCES = 18;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_REPLY_TO_NOTICE:
          serviceImpl.replyToNotice((example.quzhong.api.notify.v1.ReplyToNoticeRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ReplyToNoticeResponse>) responseObserver);
          break;
        case METHODID_GET_ATTACHMENT:
          serviceImpl.getAttachment((example.quzhong.api.notify.v1.GetAttachmentRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAttachmentResponse>) responseObserver);
          break;
        case METHODID_APPEAL_FINDING:
          serviceImpl.appealFinding((example.quzhong.api.notify.v1.AppealFindingRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.AppealFindingResponse>) responseObserver);
          break;
        case METHODID_DECIDE_FINDING_APPEAL:
          serviceImpl.decideFindingAppeal((example.quzhong.api.notify.v1.DecideFindingAppealRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideFindingAppealResponse>) responseObserver);
          break;
        case METHODID_PROPOSE_SUMMONS:
          serviceImpl.proposeSummons((example.quzhong.api.notify.v1.ProposeSummonsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ProposeSummonsResponse>) responseObserver);
          break;
        case METHODID_APPROVE_SUMMONS:
          serviceImpl.approveSummons((example.quzhong.api.notify.v1.ApproveSummonsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ApproveSummonsResponse>) responseObserver);
          break;
        case METHODID_DECLINE_SUMMONS:
          serviceImpl.declineSummons((example.quzhong.api.notify.v1.DeclineSummonsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeclineSummonsResponse>) responseObserver);
          break;
        case METHODID_SEND_SUMMONS:
          serviceImpl.sendSummons((example.quzhong.api.notify.v1.SendSummonsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SendSummonsResponse>) responseObserver);
          break;
        case METHODID_MOVE_TALK:
          serviceImpl.moveTalk((example.quzhong.api.notify.v1.MoveTalkRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.MoveTalkResponse>) responseObserver);
          break;
        case METHODID_CANCEL_SUMMONS:
          serviceImpl.cancelSummons((example.quzhong.api.notify.v1.CancelSummonsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CancelSummonsResponse>) responseObserver);
          break;
        case METHODID_RECORD_TALK:
          serviceImpl.recordTalk((example.quzhong.api.notify.v1.RecordTalkRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RecordTalkResponse>) responseObserver);
          break;
        case METHODID_ORDER_RECTIFICATION:
          serviceImpl.orderRectification((example.quzhong.api.notify.v1.OrderRectificationRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.OrderRectificationResponse>) responseObserver);
          break;
        case METHODID_DECIDE_EXTENSION:
          serviceImpl.decideExtension((example.quzhong.api.notify.v1.DecideExtensionRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DecideExtensionResponse>) responseObserver);
          break;
        case METHODID_ESCALATE_CASE:
          serviceImpl.escalateCase((example.quzhong.api.notify.v1.EscalateCaseRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.EscalateCaseResponse>) responseObserver);
          break;
        case METHODID_CLOSE_CASE:
          serviceImpl.closeCase((example.quzhong.api.notify.v1.CloseCaseRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CloseCaseResponse>) responseObserver);
          break;
        case METHODID_GET_NOTICE_DOCUMENT:
          serviceImpl.getNoticeDocument((example.quzhong.api.notify.v1.GetNoticeDocumentRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetNoticeDocumentResponse>) responseObserver);
          break;
        case METHODID_LIST_AGENDA:
          serviceImpl.listAgenda((example.quzhong.api.notify.v1.ListAgendaRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAgendaResponse>) responseObserver);
          break;
        case METHODID_SET_ABSENCE:
          serviceImpl.setAbsence((example.quzhong.api.notify.v1.SetAbsenceRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.SetAbsenceResponse>) responseObserver);
          break;
        case METHODID_LIST_ABSENCES:
          serviceImpl.listAbsences((example.quzhong.api.notify.v1.ListAbsencesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAbsencesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getReplyToNoticeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ReplyToNoticeRequest,
              example.quzhong.api.notify.v1.ReplyToNoticeResponse>(
                service, METHODID_REPLY_TO_NOTICE)))
        .addMethod(
          getGetAttachmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.GetAttachmentRequest,
              example.quzhong.api.notify.v1.GetAttachmentResponse>(
                service, METHODID_GET_ATTACHMENT)))
        .addMethod(
          getAppealFindingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.AppealFindingRequest,
              example.quzhong.api.notify.v1.AppealFindingResponse>(
                service, METHODID_APPEAL_FINDING)))
        .addMethod(
          getDecideFindingAppealMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.DecideFindingAppealRequest,
              example.quzhong.api.notify.v1.DecideFindingAppealResponse>(
                service, METHODID_DECIDE_FINDING_APPEAL)))
        .addMethod(
          getProposeSummonsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ProposeSummonsRequest,
              example.quzhong.api.notify.v1.ProposeSummonsResponse>(
                service, METHODID_PROPOSE_SUMMONS)))
        .addMethod(
          getApproveSummonsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ApproveSummonsRequest,
              example.quzhong.api.notify.v1.ApproveSummonsResponse>(
                service, METHODID_APPROVE_SUMMONS)))
        .addMethod(
          getDeclineSummonsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.DeclineSummonsRequest,
              example.quzhong.api.notify.v1.DeclineSummonsResponse>(
                service, METHODID_DECLINE_SUMMONS)))
        .addMethod(
          getSendSummonsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.SendSummonsRequest,
              example.quzhong.api.notify.v1.SendSummonsResponse>(
                service, METHODID_SEND_SUMMONS)))
        .addMethod(
          getMoveTalkMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.MoveTalkRequest,
              example.quzhong.api.notify.v1.MoveTalkResponse>(
                service, METHODID_MOVE_TALK)))
        .addMethod(
          getCancelSummonsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.CancelSummonsRequest,
              example.quzhong.api.notify.v1.CancelSummonsResponse>(
                service, METHODID_CANCEL_SUMMONS)))
        .addMethod(
          getRecordTalkMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.RecordTalkRequest,
              example.quzhong.api.notify.v1.RecordTalkResponse>(
                service, METHODID_RECORD_TALK)))
        .addMethod(
          getOrderRectificationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.OrderRectificationRequest,
              example.quzhong.api.notify.v1.OrderRectificationResponse>(
                service, METHODID_ORDER_RECTIFICATION)))
        .addMethod(
          getDecideExtensionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.DecideExtensionRequest,
              example.quzhong.api.notify.v1.DecideExtensionResponse>(
                service, METHODID_DECIDE_EXTENSION)))
        .addMethod(
          getEscalateCaseMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.EscalateCaseRequest,
              example.quzhong.api.notify.v1.EscalateCaseResponse>(
                service, METHODID_ESCALATE_CASE)))
        .addMethod(
          getCloseCaseMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.CloseCaseRequest,
              example.quzhong.api.notify.v1.CloseCaseResponse>(
                service, METHODID_CLOSE_CASE)))
        .addMethod(
          getGetNoticeDocumentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.GetNoticeDocumentRequest,
              example.quzhong.api.notify.v1.GetNoticeDocumentResponse>(
                service, METHODID_GET_NOTICE_DOCUMENT)))
        .addMethod(
          getListAgendaMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListAgendaRequest,
              example.quzhong.api.notify.v1.ListAgendaResponse>(
                service, METHODID_LIST_AGENDA)))
        .addMethod(
          getSetAbsenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.SetAbsenceRequest,
              example.quzhong.api.notify.v1.SetAbsenceResponse>(
                service, METHODID_SET_ABSENCE)))
        .addMethod(
          getListAbsencesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListAbsencesRequest,
              example.quzhong.api.notify.v1.ListAbsencesResponse>(
                service, METHODID_LIST_ABSENCES)))
        .build();
  }

  private static abstract class CaseworkServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CaseworkServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.notify.v1.CaseworkProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CaseworkService");
    }
  }

  private static final class CaseworkServiceFileDescriptorSupplier
      extends CaseworkServiceBaseDescriptorSupplier {
    CaseworkServiceFileDescriptorSupplier() {}
  }

  private static final class CaseworkServiceMethodDescriptorSupplier
      extends CaseworkServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    CaseworkServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (CaseworkServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CaseworkServiceFileDescriptorSupplier())
              .addMethod(getReplyToNoticeMethod())
              .addMethod(getGetAttachmentMethod())
              .addMethod(getAppealFindingMethod())
              .addMethod(getDecideFindingAppealMethod())
              .addMethod(getProposeSummonsMethod())
              .addMethod(getApproveSummonsMethod())
              .addMethod(getDeclineSummonsMethod())
              .addMethod(getSendSummonsMethod())
              .addMethod(getMoveTalkMethod())
              .addMethod(getCancelSummonsMethod())
              .addMethod(getRecordTalkMethod())
              .addMethod(getOrderRectificationMethod())
              .addMethod(getDecideExtensionMethod())
              .addMethod(getEscalateCaseMethod())
              .addMethod(getCloseCaseMethod())
              .addMethod(getGetNoticeDocumentMethod())
              .addMethod(getListAgendaMethod())
              .addMethod(getSetAbsenceMethod())
              .addMethod(getListAbsencesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
